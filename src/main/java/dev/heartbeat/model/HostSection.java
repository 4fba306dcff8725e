package dev.heartbeat.model;

import java.util.List;
import java.util.regex.Pattern;

/** How is {@code hosts} read, PH's as well as ours? */
final class HostSection implements Section<HostSpec> {
    private static final Form<Integer> PORT = Form.number(1, 65_535);
    private static final Pattern NAME_OR_IPV4 = Pattern.compile("[^\\s/:@?#\\[\\]\\\\]+");
    private static final Pattern IPV6 = Pattern.compile("(?=[^:]*:[^:]*:)[0-9A-Fa-f:.]+(?:%[\\w.~-]+)?");

    @Override
    public String key() {
        return "hosts";
    }

    @Override
    public Class<HostSpec> spec() {
        return HostSpec.class;
    }

    @Override
    public List<String> nameKeys() {
        return List.of("name", "host");
    }

    @Override
    public HostSpec read(Entry entry, Pace pace) {
        String host = entry.name("host");
        Integer port = entry.faults().lenient() ? PhPort.read(entry) : entry.required("port", PORT);
        String name = entry.name("name", host);
        String address = host == null ? null : address(entry, host);
        Pace own = PaceKeys.read(entry, pace);
        return entry.ends() ? new HostSpec(name, address, port, own) : null;
    }

    @Override
    public List<Object> content(HostSpec spec) {
        return List.of(spec.name(), spec.host(), spec.port(), PaceKeys.content(spec.pace()));
    }

    /** Without the brackets that an IPv6 address may have. */
    private static String address(Entry entry, String host) {
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        String bare = brackets ? host.substring(1, host.length() - 1) : host;
        if (!IPV6.matcher(bare).matches() && (brackets || !NAME_OR_IPV4.matcher(bare).matches())) {
            entry.faults().tolerate(entry.at("host"), host,
                    "must be a host name, an IPv4 or an IPv6 address, without scheme, port and path");
        }
        return bare;
    }
}
