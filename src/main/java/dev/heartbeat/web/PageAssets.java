package dev.heartbeat.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.inject.Singleton;

/**
 * Where are the style sheet, the script and the icons? Each address has a print of its content, so that a browser may keep them
 * for as long as it likes, and has the new ones after an update.
 */
@Singleton
public class PageAssets {
    private static final String FOLDER = "/assets/";
    private static final int PRINT_BYTES = 6;

    private final Map<String, String> addresses = new LinkedHashMap<>();

    PageAssets() {
        add("page.css");
        add("live.js");
        for (PageSign sign : PageSign.values()) {
            if (sign != PageSign.RETIRED) {
                add(icon(sign));
            }
        }
    }

    private void add(String file) {
        try (InputStream content = PageAssets.class.getResourceAsStream("/META-INF/resources" + FOLDER + file)) {
            byte[] print = MessageDigest.getInstance("SHA-256").digest(content.readAllBytes());
            addresses.put(file, FOLDER + file + "?v=" + HexFormat.of().formatHex(print, 0, PRINT_BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String icon(PageSign sign) {
        return sign.css() + ".svg";
    }

    /** What stands around a page of that title and that verdict. */
    Frame frame(String title, PageSign sign) {
        return new Frame(title, addresses.get(icon(sign)), addresses.get(icon(PageSign.NOTHING)), addresses.get("page.css"),
                addresses.get("live.js"));
    }

    /**
     * What stands around every page?
     *
     * @param lostIcon shown by the script while nobody answers
     */
    public record Frame(String title, String icon, String lostIcon, String style, String script) {
    }
}
