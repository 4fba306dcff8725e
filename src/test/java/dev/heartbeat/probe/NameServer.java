package dev.heartbeat.probe;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddresses;

/** What does a name server of a test answer? IPv4 addresses of the names that it knows, else that there is no such name. */
final class NameServer implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int TYPE_A = 1;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final Map<String, List<String>> names;

    NameServer(Map<String, List<String>> names) throws IOException {
        this.names = names;
        Thread thread = new Thread(this::run, "name-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** A server that never answers is a socket that nobody reads. */
    static DnsServerAddressStreamProvider mute(DatagramSocket socket) {
        return name -> DnsServerAddresses.singleton((InetSocketAddress) socket.getLocalSocketAddress()).stream();
    }

    DnsServerAddressStreamProvider provider() {
        return mute(socket);
    }

    private void run() {
        byte[] buffer = new byte[1500];
        while (!socket.isClosed()) {
            try {
                DatagramPacket query = new DatagramPacket(buffer, buffer.length);
                socket.receive(query);
                byte[] reply = reply(ByteBuffer.wrap(buffer, 0, query.getLength()).slice());
                socket.send(new DatagramPacket(reply, reply.length, query.getSocketAddress()));
            } catch (IOException e) {
                return;
            }
        }
    }

    private byte[] reply(ByteBuffer query) throws IOException {
        StringBuilder name = new StringBuilder();
        query.position(HEADER);
        for (int length; (length = query.get()) > 0;) {
            for (int i = 0; i < length; i++) {
                name.append((char) query.get());
            }
            name.append('.');
        }
        int type = query.getShort();
        int end = query.position() + 2;
        List<String> known = names.get(name.substring(0, name.length() - 1).toLowerCase(Locale.ROOT));
        List<String> addresses = known == null || type != TYPE_A ? List.of() : known;
        ByteBuffer reply = ByteBuffer.allocate(end + 16 * addresses.size());
        reply.put(query.array(), query.arrayOffset(), end);
        reply.putShort(2, (short) (0x8180 | (known == null ? 3 : 0)));
        reply.putShort(6, (short) addresses.size()).putShort(8, (short) 0).putShort(10, (short) 0);
        for (String address : addresses) {
            reply.putShort((short) 0xC00C).putShort((short) TYPE_A).putShort((short) 1).putInt(0).putShort((short) 4);
            reply.put(InetAddress.getByName(address).getAddress());
        }
        return reply.array();
    }

    @Override
    public void close() {
        socket.close();
    }
}
