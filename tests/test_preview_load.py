"""The preview stands whatever is done to it, and leaves nothing behind."""

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from support.previews import IDEA, PATIENCE, Preview, descriptors, hear, listen, page, wait_until


def test_two_hundred_open_pages_take_no_threads_and_are_all_told(preview: Preview) -> None:
    """And when they are closed, nothing is left of them."""
    preview.after(lambda: preview.edit("ideas/lights.yaml", "mend", "renew"))  # from here on all is at work
    before = (threading.active_count(), descriptors())
    pages = [listen(preview) for _ in range(200)]
    wait_until(lambda: threading.active_count() <= before[0] + 1)
    news = preview.after(lambda: preview.edit("ideas/lights.yaml", "renew", "change"))
    for connection in pages:
        assert f":{news.number}\n".encode() in hear(connection, f":{news.number}\n".encode())
    for connection in pages:
        connection.close()
    wait_until(lambda: descriptors() <= before[1] + 2)


def test_many_requests_and_many_saves_at_a_time(preview: Preview) -> None:
    """Each answer is whole and of one state; in the end the last save is on show, and nothing has piled up."""
    preview.after(lambda: preview.edit("ideas/lights.yaml", "mend", "renew"))
    before = threading.active_count(), descriptors()
    pages = [listen(preview) for _ in range(20)]
    done = threading.Event()

    def save() -> None:
        for i in range(20):
            preview.write("ideas/lights.yaml", IDEA.replace("the lights", f"light {i}"))
            time.sleep(0.05)
        done.set()

    def ask(_: int) -> int:
        answer = preview.get("/repo/pledges/lights.html")
        assert answer.text.endswith("</html>\n")
        return answer.status

    saving = threading.Thread(target=save)
    saving.start()
    with ThreadPoolExecutor(16) as pool:
        statuses = [*pool.map(ask, range(1000))]
    assert set(statuses) == {200}
    assert done.wait(PATIENCE)
    saving.join()
    wait_until(lambda: "I will mend light 19" in page(preview))
    for connection in pages:
        connection.close()
    wait_until(lambda: threading.active_count() <= before[0] + 1)
    wait_until(lambda: descriptors() <= before[1] + 2)


def test_whoever_does_not_read_holds_nobody_up(preview: Preview) -> None:
    """Neither an open page that never reads, nor a request that never ends, nor one whose answer is not taken."""
    deaf = [listen(preview) for _ in range(5)]
    slow = [socket.create_connection(("127.0.0.1", preview.port), PATIENCE) for _ in range(20)]
    for connection in slow[:10]:
        connection.sendall(b"GET /repo/ HTTP/1.1\r\nHost: ")
    for connection in slow[10:]:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        connection.sendall(
            f"GET /repo/assets/style.css HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n\r\n".encode() * 20
        )
    for i in range(20):
        preview.after(partial(preview.write, "ideas/lights.yaml", IDEA.replace("the lights", f"light {i}")))
    assert page(preview)
    for connection in (*deaf, *slow):
        connection.close()
