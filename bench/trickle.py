"""A steady trickle of signatures; prints how many a second were thanked for.

Start it with `python -m bench.trickle PORT TEXT PER_SECOND SECONDS`.
"""

import http.client
import sys
import time
from urllib.parse import urlencode


def main() -> None:
    port, text, rate, seconds = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    start, thanked = time.monotonic(), 0
    for turn in range(int(rate * seconds)):
        time.sleep(max(0.0, start + turn / rate - time.monotonic()))
        form = {
            "name": "Amina Example",
            "email": f"amina.{start:.0f}.{turn}@example.org",
            "country": "FR",
            "sign": "yes",
            "text": text,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/act/en/stand-with-belarus/sign", urlencode(form), headers)
        answer = connection.getresponse()
        answer.read()
        thanked += answer.status == 303
    print(f"{thanked / (time.monotonic() - start):.0f}")


if __name__ == "__main__":
    main()
