package dev.heartbeat.services;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Which frames of AMQP pass? A gate that cuts the bytes of one direction into frames, whatever pieces they come in. */
public final class AmqpFrames implements Relay.Gate {
    private static final int HELLO = 8;
    private static final int HEAD = 7;
    private static final int METHOD = 1;
    private static final int BODY = 3;
    private static final int BASIC = 60;
    private static final int DELIVER = 60;
    private static final int ACK = 80;

    private final Visitor visitor;
    private byte[] rest = new byte[0];
    private boolean greeted;

    /** Passes one frame on, or not. */
    public interface Visitor {
        void frame(Frame frame, OutputStream on) throws IOException;
    }

    /** One frame with its head and end. */
    public record Frame(byte[] bytes) {
        public boolean isDelivery() {
            return is(DELIVER);
        }

        /** Of a consumer, or of a broker that confirms. */
        public boolean isAck() {
            return is(ACK);
        }

        /** The content of a message, or a part of it. */
        public boolean isBody() {
            return bytes[0] == BODY;
        }

        /** The highest message that an ack settles. */
        public long acked() {
            return ByteBuffer.wrap(bytes).getLong(HEAD + 4);
        }

        private boolean is(int method) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return bytes[0] == METHOD && buffer.getShort(HEAD) == BASIC && buffer.getShort(HEAD + 2) == method;
        }
    }

    /** @param greets whether this direction begins with the protocol's header, as a client's does */
    public AmqpFrames(boolean greets, Visitor visitor) {
        this.greeted = !greets;
        this.visitor = visitor;
    }

    @Override
    public void pass(byte[] bytes, OutputStream on) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(rest.length + bytes.length).put(rest).put(bytes).flip();
        if (!greeted && buffer.remaining() >= HELLO) {
            on.write(take(buffer, HELLO));
            greeted = true;
        }
        while (greeted && buffer.remaining() > HEAD && buffer.remaining() >= length(buffer)) {
            visitor.frame(new Frame(take(buffer, length(buffer))), on);
        }
        rest = take(buffer, buffer.remaining());
    }

    private static int length(ByteBuffer buffer) {
        return HEAD + buffer.getInt(buffer.position() + 3) + 1;
    }

    private static byte[] take(ByteBuffer buffer, int length) {
        byte[] taken = new byte[length];
        buffer.get(taken);
        return taken;
    }
}
