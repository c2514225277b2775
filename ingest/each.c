/* PDFium's functions called once for each character or object, without Python in between.

The same as ingest/manycalls.py does by ctypes, which takes a tenth of a microsecond a call: more
than most of these functions themselves, and a page makes thousands of such calls. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

#ifndef SOURCES
#error "setup.py defines SOURCES, the digest of the source files that are compiled with this one"
#endif

typedef char *place;

/* Calls with a handle before the index of a character. */
typedef int (*int_at)(void *, int);
typedef void *(*handle_at)(void *, int);
typedef double (*double_at)(void *, int);
typedef int (*into_1)(void *, int, place);
typedef int (*into_2)(void *, int, place, place);
typedef int (*into_4)(void *, int, place, place, place, place);

/* Calls with the handle of an object alone. */
typedef int (*int_of)(void *);
typedef void *(*handle_of)(void *);
typedef int (*of_into_1)(void *, place);
typedef int (*of_into_2)(void *, place, place);
typedef int (*of_into_4)(void *, place, place, place, place);

/* Return what is said, as long as nothing is written: 'i', 'Q' and 'd' are the kinds of result. */
static int say(void *function, void *handle, const int64_t *firsts, Py_ssize_t count, char kind,
               void *said)
{
    Py_ssize_t i;
    if (handle && kind == 'i')
        for (i = 0; i < count; i++)
            ((int32_t *)said)[i] = ((int_at)function)(handle, (int)firsts[i]);
    else if (handle && kind == 'Q')
        for (i = 0; i < count; i++)
            ((uint64_t *)said)[i] = (uintptr_t)((handle_at)function)(handle, (int)firsts[i]);
    else if (handle && kind == 'd')
        for (i = 0; i < count; i++)
            ((double *)said)[i] = ((double_at)function)(handle, (int)firsts[i]);
    else if (kind == 'i')
        for (i = 0; i < count; i++)
            ((int32_t *)said)[i] = ((int_of)function)((void *)(uintptr_t)firsts[i]);
    else if (kind == 'Q')
        for (i = 0; i < count; i++)
            ((uint64_t *)said)[i] = (uintptr_t)((handle_of)function)((void *)(uintptr_t)firsts[i]);
    else
        return -1;
    return 0;
}

/* One call that writes to one, two or four places, `size` bytes apart. */
static int write_one(void *function, void *handle, int64_t first, place row, int pointers,
                     Py_ssize_t size)
{
    void *own = (void *)(uintptr_t)first;
    if (handle && pointers == 1)
        return ((into_1)function)(handle, (int)first, row);
    if (handle && pointers == 2)
        return ((into_2)function)(handle, (int)first, row, row + size);
    if (handle)
        return ((into_4)function)(handle, (int)first, row, row + size, row + 2 * size,
                                  row + 3 * size);
    if (pointers == 1)
        return ((of_into_1)function)(own, row);
    if (pointers == 2)
        return ((of_into_2)function)(own, row, row + size);
    return ((of_into_4)function)(own, row, row + size, row + 2 * size, row + 3 * size);
}

PyDoc_STRVAR(said_doc, "said(function, handle, firsts, kind, results)\n--\n\n"
"Write what function(handle, first), or function(first) if the handle is 0, returns for each.\n\n"
"function and handle are addresses, firsts is an array of int64; results has room for as many\n"
"results of the kind 'i' (int32), 'Q' (a handle) or 'd' (double).");

static PyObject *said(PyObject *module, PyObject *args)
{
    unsigned long long function, handle;
    Py_buffer firsts, results;
    int kind;
    if (!PyArg_ParseTuple(args, "KKy*Cw*", &function, &handle, &firsts, &kind, &results))
        return NULL;
    Py_ssize_t count = firsts.len / 8;
    int is_wrong = results.len < count * (kind == 'i' ? 4 : 8) ||
                   say((void *)(uintptr_t)function, (void *)(uintptr_t)handle, firsts.buf, count,
                       (char)kind, results.buf);
    PyBuffer_Release(&firsts);
    PyBuffer_Release(&results);
    if (is_wrong)
        return PyErr_Format(PyExc_ValueError, "no such call, or no room for its results");
    Py_RETURN_NONE;
}

PyDoc_STRVAR(written_doc, "written(function, handle, firsts, pointers, rows, results)\n--\n\n"
"Let function(handle, first, ...), or function(first, ...), write to a row of rows for each.\n\n"
"Each call is given 1, 2 or 4 pointers into its row, side by side; results, of int32, tells\n"
"what each returned. The rows hold at least as many numbers as there are pointers.");

static PyObject *written(PyObject *module, PyObject *args)
{
    unsigned long long function, handle;
    Py_buffer firsts, rows, results;
    int pointers, size;
    if (!PyArg_ParseTuple(args, "KKy*iiw*w*", &function, &handle, &firsts, &pointers, &size, &rows,
                          &results))
        return NULL;
    Py_ssize_t count = firsts.len / 8, length = count ? rows.len / count : 0;
    int is_wrong = results.len < count * 4 || length * count != rows.len ||
                   (count && length < (Py_ssize_t)pointers * size) ||
                   (pointers != 1 && pointers != 2 && pointers != 4);
    for (Py_ssize_t i = 0; i < count && !is_wrong; i++)
        ((int32_t *)results.buf)[i] =
            write_one((void *)(uintptr_t)function, (void *)(uintptr_t)handle,
                      ((int64_t *)firsts.buf)[i], (place)rows.buf + i * length, pointers, size);
    PyBuffer_Release(&firsts);
    PyBuffer_Release(&rows);
    PyBuffer_Release(&results);
    if (is_wrong)
        return PyErr_Format(PyExc_ValueError, "no such call, or no room for what it writes");
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"said", said, METH_VARARGS, said_doc},
    {"written", written, METH_VARARGS, written_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "each", "PDFium's functions called many times over.", -1, methods,
};

PyMODINIT_FUNC PyInit_each(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (module && PyModule_AddStringConstant(module, "SOURCES", SOURCES) < 0)
        Py_CLEAR(module);
    return module;
}
