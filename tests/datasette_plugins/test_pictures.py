import io

import pytest
from PIL import Image

from datasette_plugins.pictures import MAX_PIXELS, WIDTHS, draw_page
from datasette_plugins.site import make_site


def opened(response):
    assert response.headers["content-type"] == "image/png"
    assert response.content.startswith(b"\x89PNG\r\n\x1a\n")
    return Image.open(io.BytesIO(response.content))


async def test_page_is_drawn_at_one_of_the_widths(get):
    for asked, width in (
        ("", 1200),
        ("?bredd=10", 400),
        ("?bredd=801", 1200),
        ("?bredd=9999", 1600),
    ):
        image = opened(await get(f"/-/sida/plan/1.png{asked}"))
        assert image.width == pytest.approx(width, abs=1)
        assert image.height == pytest.approx(width * 842 / 595, abs=2)


async def test_page_shows_its_text(get):
    image = opened(await get("/-/sida/plan/1.png?bredd=800")).convert("L")
    drawn = image.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert drawn is not None
    assert drawn[0] == pytest.approx(800 * 72 / 595, abs=5)
    assert drawn[3] < image.height / 4


@pytest.mark.parametrize(
    "path",
    ["/-/sida/plan/0.png", "/-/sida/plan/4.png", "/-/sida/plan/999999.png", "/-/sida/nix/1.png"],
)
async def test_only_pages_that_exist(get, path):
    assert (await get(path)).status_code == 404


@pytest.mark.parametrize(
    "path", ["/-/sida/plan/-1.png", "/-/sida/plan/1e3.png", "/-/sida/..%2Fplan/1.png"]
)
async def test_odd_addresses_are_refused(get, path):
    assert (await get(path)).status_code in (302, 404)


async def test_clipping_holds_the_quote_and_little_else(get):
    image = opened(await get("/-/urklipp/plan-vagar.png"))
    assert image.width < 2 * 595
    assert image.height < 2 * 120
    assert (await get("/-/urklipp/plan-vagar.png?del=2")).status_code == 404
    assert (await get("/-/urklipp/plan-vagar.png?del=x")).status_code == 404
    assert (await get("/-/urklipp/nix.png")).status_code == 404


async def test_pictures_are_kept_and_served_from_the_cache(site, tmp_path):
    first = await site.client.get("/-/sida/plan/1.png?bredd=400")
    kept = list((tmp_path / "bilder").iterdir())
    assert [path.suffix for path in kept] == [".png"]
    kept[0].write_bytes(b"\x89PNG\r\n\x1a\nkept")
    second = await site.client.get("/-/sida/plan/1.png?bredd=400")
    assert second.content == b"\x89PNG\r\n\x1a\nkept" != first.content


async def test_browsers_keep_pictures_of_the_version_that_they_asked_for(get):
    content = (await get("/-/dokument/plan.json")).json()
    lasting = await get(content["pages"][0]["picture"])
    assert "immutable" in lasting.headers["cache-control"]
    assert "immutable" not in (await get("/-/sida/plan/1.png?v=old")).headers["cache-control"]


@pytest.mark.parametrize("how", ["gone", "changed", "broken"])
async def test_placeholder_where_the_page_can_not_be_shown(tmp_path, fill, how):
    own = fill(tmp_path, tmp_path / "eget.db")
    if how == "gone":
        own.plan.unlink()
    else:
        own.plan.write_bytes(own.plan.read_bytes()[:200] if how == "broken" else b"%PDF-1.4 ny")
    response = await make_site(own.database).client.get("/-/sida/plan/1.png")
    assert response.status_code == 404
    opened(response)
    assert not list((tmp_path / "eget-sidor").glob("*.png"))


async def test_text_file_has_a_placeholder(get):
    response = await get("/-/sida/svar/1.png")
    assert response.status_code == 404
    opened(response)


def test_pictures_have_a_limit(made):
    image = Image.open(io.BytesIO(draw_page(made.plan, 1, 20_000)))
    assert image.width * image.height <= MAX_PIXELS * 1.01
    assert max(WIDTHS) ** 2 * 842 / 595 < MAX_PIXELS
