package dev.heartbeat.watch;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.heartbeat.model.WebAddress;

/** Which addresses does a setting list? Separated by commas; a fault is told without the address, which may be a secret. */
public final class Addresses {
    /** A comma may stand in a web address: only one before the next address separates. */
    private static final Pattern BETWEEN_URLS = Pattern.compile("\\s*,\\s*(?=[A-Za-z][A-Za-z0-9+.-]*://|$)");
    private static final Pattern MAIL = Pattern.compile("[^@\\s,;<>\"\\p{Cntrl}]+@[^@\\s,;<>\"\\p{Cntrl}]+");

    private Addresses() {
    }

    /** @throws IllegalArgumentException when one is no web address; the message says which, and what would be right */
    public static List<URI> urls(String text) {
        List<URI> urls = new ArrayList<>();
        for (String one : BETWEEN_URLS.split(text.strip())) {
            try {
                URI url = WebAddress.parse(one);
                WebAddress.port(url);
                urls.add(url);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("address " + (urls.size() + 1) + " " + e.getMessage(), e);
            }
        }
        return urls;
    }

    /** @throws IllegalArgumentException when one is no mail address, with the words that should be said */
    public static List<String> mails(String text) {
        List<String> mails = new ArrayList<>();
        for (String one : text.split(",")) {
            String mail = one.strip();
            if (!MAIL.matcher(mail).matches()) {
                throw new IllegalArgumentException("'" + mail + "' is no mail address; give one such as ops@example.org");
            }
            mails.add(mail);
        }
        return mails;
    }
}
