"""Many reports as one file in a real browser: the order, the progress that comes by itself, the file."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from at_once import AtOnce
from house import PHONE, House, press, say
from looking import require_accessible
from small_organisation import Bakery

from assess.batches import taking
from assess.jobs import Workplace
from assess.jobs.batch_lane import BatchLane
from assess.people import register

if TYPE_CHECKING:
    from assess.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("screen", [PHONE], ids=["phone"])
def test_a_manager_orders_all_reports_and_sees_them_become_ready(
    house: House, store: Store, screen: dict[str, object]
) -> None:
    shop = Bakery(store, now=house.clock.now)
    register.join_unit(store, shop.manager_id, shop.unit_id, role="leader", now=shop.now)
    wave_id = shop.wave()
    shop.finish(shop.enter(shop.assign(wave_id)), 2, share=True)
    shop.finish(shop.enter(shop.assign(wave_id, "manager")), 4)

    page = house.sign_in(house.tab(**screen), shop.manager_id)
    house.go(page, "/team")
    title = say("All reports of %(about)s") % {"about": "Autumn"}
    press(page, say("Order as one file (ZIP): %(title)s") % {"title": title})
    require_accessible(page)
    assert page.locator("#batch-count strong").inner_text() == say("Begins soon")
    batch_id = page.url.rsplit("/", 1)[1]

    # Without loading anew the page shows that there is no room, and then the file
    taking.pause(store, batch_id, "disk-full")
    page.get_by_role("heading", name=say("There is no room for more documents just now")).wait_for()
    assert page.locator("#batch-said").inner_text().startswith(say("Resting"))
    require_accessible(page)
    lane = BatchLane(Workplace(store, house.settings, house.clock), AtOnce(lambda view: b"%PDF-1.7"))
    assert lane.run() == 1
    page.get_by_role("link", name=say("Fetch the file (ZIP)")).wait_for()
    require_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=say("Fetch the file (ZIP)")).click()
    assert download.value.suggested_filename == f"{title}.zip"
    with zipfile.ZipFile(Path(download.value.path())) as archive:
        assert archive.namelist() == ["Amina Yıldız - Bage brød.pdf"]
    house.go(page, "/batches")
    assert title in page.locator("main").inner_text()
    assert batch_id in house.letter("batch-ready", shop.manager_id)
