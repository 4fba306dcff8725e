#!/usr/bin/python3
"""The API of a standalone with many targets: time of an answer over one kept connection, memory, and what open event streams cost.

  api.py [--repeat 3] [--targets 10000] [--gets 50] [--streams 0] NAME=COMMAND ...
All targets are on loopback and refused, so that every one has a reason and a detail: the longest answer. --streams N opens N event
streams first and leaves them open.
"""
import argparse, http.client, socket, tempfile
from common import *

ap = argparse.ArgumentParser()
ap.add_argument('--repeat', type=int, default=3)
ap.add_argument('--targets', type=int, default=10000)
ap.add_argument('--gets', type=int, default=50)
ap.add_argument('--streams', type=int, default=0)
ap.add_argument('subject', nargs='+')
a = ap.parse_args()
ASKED = {'status': ('/api/status', {}), 'gzip': ('/api/status', {'Accept-Encoding': 'gzip'}), '304': ('/api/status', None),
         'filtered': ('/api/status?name=target-00*', {}), 'one': ('/api/status/publisher/host/target-00001', {}),
         'transitions': ('/api/transitions', {}), 'heartbeat': ('/heartbeat', {})}
got = {}


def free():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def get(c, path, headers):
    t0 = time.perf_counter()
    c.request('GET', path, headers=headers)
    r = c.getresponse()
    body = r.read()
    return (time.perf_counter() - t0) * 1e3, r, body


def stream(port):
    s = socket.create_connection(('127.0.0.1', port))
    s.sendall(b'GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n')
    assert b' 200 ' in s.recv(4096)
    return s


def measure(name, command, file):
    port, g = free(), got.setdefault(name, {})
    p = launch(command, dict(os.environ, HEARTBEAT_MODE='standalone', TARGETS_FILE=file, QUARKUS_HTTP_PORT=str(port)))
    known = 0
    while p.poll() is None and known < a.targets:
        time.sleep(0.2)
        try:
            c = http.client.HTTPConnection('127.0.0.1', port)
            known = sum(s['targets'] for s in json.loads(get(c, '/api/status?health=STALE', {})[2])['sources'])
        except OSError:
            pass
    g.setdefault('rss_before_MiB', []).append(rss(p.pid))
    streams = [stream(port) for _ in range(a.streams)]
    for what, (path, headers) in ASKED.items():
        for i in range(a.gets + 10):
            # A heartbeat in between changes the tag: it is taken anew each time.
            tag = headers if headers is not None else {'If-None-Match': get(c, '/api/status?name=x', {})[1].getheader('ETag')}
            took, r, body = get(c, '/api/status?name=x' if headers is None else path, tag)
            if i >= 10:
                g.setdefault(what + '_ms', []).append(took)
        g[what + '_KiB'] = [len(body) / 1024]
    g.setdefault('rss_after_MiB', []).append(rss(p.pid)); g.setdefault('peak_MiB', []).append(rss(p.pid, 'VmHWM'))
    for s in streams:
        s.close()
    end(p)


with tempfile.NamedTemporaryFile('w', suffix='.yaml') as f:
    f.write('heartbeat:\n  hosts:\n')
    f.writelines(f'    - {{ name: "target-{i:05}", host: 127.0.0.1, port: 1 }}\n' for i in range(a.targets))
    f.flush()
    for _ in range(a.repeat):
        for s in subjects(a.subject):
            measure(*s, f.name)
for name, g in got.items():
    print(name)
    for k, v in g.items():
        print(f'  {k:16} {mmm(v)}')
