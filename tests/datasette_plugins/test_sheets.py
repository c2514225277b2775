from corpus.models import Box
from datasette_plugins.sheets import sheets

LINE = Box(1, 50.0, 100.0, 150.0, 112.0)


def page(number, text="", size=(595.0, 842.0)):
    return {"page": number, "width": size[0], "height": size[1], "text": text}


def quote(*boxes, text="", key="a", at=1, **rest):
    return {"id": key, "number": 1, "title": "T", "text": text, "page": at, "boxes": boxes, **rest}


def test_quote_over_two_pages_is_marked_on_both_and_anchored_on_the_first():
    first, second = sheets(
        [page(1), page(2)], [], [quote(LINE, LINE._replace(page=2))], pictures=True
    )
    assert [mark["anchor"] for mark in (*first["marks"], *second["marks"])] == [True, False]


def test_variant_is_marked_but_has_no_anchor():
    (sheet,) = sheets([page(1)], [], [quote(LINE, variant=True)], pictures=True)
    assert sheet["marks"][0]["anchor"] is False


def test_quote_without_boxes_keeps_its_anchor_and_marks_nothing():
    (sheet,) = sheets([page(1)], [], [quote()], pictures=True)
    assert sheet["marks"][0]["anchor"] is True
    assert sheet["marks"][0]["rectangles"] == ()


def test_block_that_runs_on_has_its_text_on_both_pages():
    block = {"text": "första andra", "boxes": (LINE, LINE._replace(page=2))}
    first, second = sheets([page(1), page(2)], [block], [], pictures=True)
    assert ">första</tspan>" in first["text_layer"]
    assert "andra" not in first["text_layer"]
    assert ">andra</tspan>" in second["text_layer"]


def test_page_without_size_is_text():
    (sheet,) = sheets([page(1, "text", size=(0.0, 0.0))], [], [], pictures=True)
    assert sheet["pieces"] == [("text", None)]


def test_quote_that_is_not_in_the_text_stands_first():
    mine = quote(text="saknas")
    (sheet,) = sheets([page(1, "annat")], [], [mine], pictures=False)
    assert sheet["pieces"] == [("", mine), ("annat", None)]


def test_numbers_of_close_lines_push_each_other_down():
    near = [quote(LINE._replace(top=top), key=str(top)) for top in (100.0, 114.0, 128.0, 300.0)]
    (sheet,) = sheets([page(1)], [], near, pictures=True)
    assert [mark["pushed"] for mark in sheet["marks"]] == [
        [],
        [(100.0, 26)],
        [(100.0, 52), (114.0, 26)],
        [],
    ]


def test_number_of_a_quote_within_a_line_stands_where_its_column_begins():
    within = LINE._replace(x0=110.0)
    block = {"text": "ett två", "boxes": (LINE,)}
    (sheet,) = sheets([page(1)], [block], [quote(within)], pictures=True)
    assert sheet["marks"][0]["x"] == LINE.x0


def test_numbers_of_the_right_column_stand_in_the_right_margin():
    right = LINE._replace(x0=320.0, x1=520.0)
    block = {"text": "ett två", "boxes": (LINE, right)}
    (sheet,) = sheets([page(1)], [block], [quote(LINE, key="l"), quote(right)], pictures=True)
    placed = [(mark["side"], mark["x"], mark["pushed"]) for mark in sheet["marks"]]
    assert placed == [("left", 50.0, []), ("right", 520.0, [])]
    assert sheet["marks"][1]["edge"] == 320.0


def test_text_over_the_picture_is_escaped():
    block = {"text": "</text><script>&\"'", "boxes": (LINE,)}
    (sheet,) = sheets([page(1)], [block], [], pictures=True)
    assert "&lt;/text&gt;&lt;script&gt;&amp;&#34;&#39;" in sheet["text_layer"]
    assert "<script" not in sheet["text_layer"]
