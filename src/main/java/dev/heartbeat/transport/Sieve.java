package dev.heartbeat.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;

/**
 * How does a message pass that does not fit into memory? Its body is dropped while it is read, and a few words take its place.
 * The client would end the connection instead, and the next one would meet the same message again.
 */
final class Sieve implements FrameHandler {
    /** Nobody outside can know it, so no message can pretend to be one of these. */
    private static final byte[] MARK = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    private static final int WORDS = 150;
    private static final int SIZE_AT = 4;

    private final FrameHandler frames;
    private final long largest;
    private final Map<Integer, Dropping> dropping = new HashMap<>();

    /** What is being dropped on one channel? */
    private static final class Dropping {
        final long size;
        final MessageDigest digest;
        long left;

        Dropping(long size) {
            this.size = size;
            this.left = size;
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        byte[] words() {
            String words = size + " bytes, SHA-256 " + HexFormat.of().formatHex(digest.digest()) + ", body not kept";
            ByteBuffer buffer = ByteBuffer.allocate(MARK.length + WORDS).put(MARK);
            buffer.put(words.getBytes(StandardCharsets.US_ASCII));
            Arrays.fill(buffer.array(), buffer.position(), buffer.capacity(), (byte) ' ');
            return buffer.array();
        }
    }

    Sieve(FrameHandler frames, long largest) {
        this.frames = frames;
        this.largest = largest;
    }

    /** What was dropped, in words; null for a body that came as it was. */
    static String dropped(byte[] body) {
        boolean marked = body.length == MARK.length + WORDS && Arrays.equals(body, 0, MARK.length, MARK, 0, MARK.length);
        return marked ? new String(body, MARK.length, WORDS, StandardCharsets.US_ASCII).strip() : null;
    }

    @Override
    public Frame readFrame() throws IOException {
        while (true) {
            Frame frame = frames.readFrame();
            Frame passing = frame == null ? null : sieve(frame);
            if (frame == null || passing != null) {
                return passing;
            }
        }
    }

    /** Null for a frame that is dropped. */
    private Frame sieve(Frame frame) {
        if (frame.type == AMQP.FRAME_HEADER) {
            return header(frame);
        }
        Dropping dropped = frame.type == AMQP.FRAME_BODY ? dropping.get(frame.channel) : null;
        if (dropped == null) {
            return frame;
        }
        dropped.digest.update(frame.getPayload());
        dropped.left -= frame.getPayload().length;
        if (dropped.left > 0) {
            return null;
        }
        dropping.remove(frame.channel);
        return new Frame(AMQP.FRAME_BODY, frame.channel, dropped.words());
    }

    private Frame header(Frame frame) {
        ByteBuffer payload = ByteBuffer.wrap(frame.getPayload());
        long size = payload.getLong(SIZE_AT);
        if (size <= largest) {
            return frame;
        }
        dropping.put(frame.channel, new Dropping(size));
        payload.putLong(SIZE_AT, MARK.length + WORDS);
        return frame;
    }

    @Override
    public void setTimeout(int millis) throws SocketException {
        frames.setTimeout(millis);
    }

    @Override
    public int getTimeout() throws SocketException {
        return frames.getTimeout();
    }

    @Override
    public void sendHeader() throws IOException {
        frames.sendHeader();
    }

    @Override
    public void initialize(AMQConnection connection) {
        frames.initialize(connection);
    }

    @Override
    public void writeFrame(Frame frame) throws IOException {
        frames.writeFrame(frame);
    }

    @Override
    public void flush() throws IOException {
        frames.flush();
    }

    @Override
    public void close() {
        frames.close();
    }

    @Override
    public InetAddress getLocalAddress() {
        return frames.getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return frames.getLocalPort();
    }

    @Override
    public InetAddress getAddress() {
        return frames.getAddress();
    }

    @Override
    public int getPort() {
        return frames.getPort();
    }
}
