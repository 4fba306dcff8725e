package dev.heartbeat.probe;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import dev.heartbeat.probe.BodyReader.Body;

/**
 * Which text is a body? Runs on a worker: unpacking and decoding take their time.
 *
 * @param cut whether there would have been more of it
 */
record BodyText(String text, boolean cut) {
    /**
     * @param encoding the Content-Encoding header, or null
     * @param type the Content-Type header, or null
     */
    static BodyText of(Body body, String encoding, String type) {
        Body unpacked = unpack(body, encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT));
        return new BodyText(Charsets.decode(unpacked.bytes(), type), unpacked.cut());
    }

    private static Body unpack(Body body, String encoding) {
        return switch (encoding) {
            case "gzip", "x-gzip" -> bounded(body, GZIPInputStream::new);
            case "deflate" -> bounded(body, BodyText::inflater);
            default -> body;
        };
    }

    private interface Unpacker {
        InputStream open(InputStream packed) throws IOException;
    }

    /** What can be unpacked before the limit, or before the packed bytes end or turn out to be broken. */
    private static Body bounded(Body body, Unpacker unpacker) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] chunk = new byte[8 * 1024];
        try (InputStream in = unpacker.open(new ByteArrayInputStream(body.bytes()))) {
            for (int read; (read = in.read(chunk, 0, Math.min(chunk.length, BodyReader.LIMIT + 1 - out.size()))) > 0;) {
                out.write(chunk, 0, read);
            }
        } catch (IOException e) {
            return new Body(out.toByteArray(), true);
        }
        boolean more = out.size() > BodyReader.LIMIT;
        return new Body(more ? Arrays.copyOf(out.toByteArray(), BodyReader.LIMIT) : out.toByteArray(),
                more || body.cut());
    }

    /** Servers send with the header of zlib, as the standard says, or without. */
    private static InputStream inflater(InputStream packed) throws IOException {
        packed.mark(2);
        int head = packed.read() << 8 | packed.read();
        packed.reset();
        boolean zlib = (head & 0x0f00) == 0x0800 && head % 31 == 0;
        return new InflaterInputStream(packed, new Inflater(!zlib));
    }
}
