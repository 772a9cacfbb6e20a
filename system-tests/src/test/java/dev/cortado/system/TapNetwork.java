package dev.cortado.system;

import java.util.ArrayList;
import java.util.List;

/**
 * A network namespace with a tap, in which a guest and its only neighbour live, this process's
 * commands. For root.
 */
public final class TapNetwork implements AutoCloseable {
    public static final String HOST = "10.77.0.1";
    public static final String GUEST = "10.77.0.2";
    public static final String GUEST6 = "fd77::2";

    /** What a guest's command line says of it. */
    public static final String WORD =
            "cortado.net=eth0:" + GUEST + "/24,gateway=" + HOST + "," + GUEST6 + "/64";

    public static final String TAP = "tap0";

    private final String name;

    public TapNetwork(String name, int mtu) {
        this.name = "cortado-" + name + "-" + ProcessHandle.current().pid();
        command("ip", "netns", "add", this.name);
        try {
            run("ip", "link", "set", "lo", "up");
            run("ip", "tuntap", "add", TAP, "mode", "tap");
            run("ip", "link", "set", TAP, "mtu", String.valueOf(mtu));
            run("ip", "addr", "add", HOST + "/24", "dev", TAP);
            run("ip", "addr", "add", "fd77::1/64", "dev", TAP, "nodad");
            run("ip", "link", "set", TAP, "up");
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    /** QEMU's option for its side. */
    public static List<String> netdev() {
        return List.of("-netdev", "tap,id=net,ifname=" + TAP + ",script=no,downscript=no");
    }

    /** The words that start a command in the namespace. */
    public List<String> inside(List<String> command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", name));
        words.addAll(command);
        return words;
    }

    /** Runs a command in the namespace, which must succeed. */
    public String run(String... command) {
        return command(inside(List.of(command)).toArray(String[]::new));
    }

    /**
     * The guest's hardware address, so that nobody has to ask for it: asking again takes a second.
     */
    public void tellHardwareAddress(String address) {
        run("ip", "neigh", "add", GUEST, "lladdr", address, "dev", TAP, "nud", "permanent");
    }

    static String command(String... command) {
        Outcome outcome = Outcome.of(List.of(command), "");
        if (outcome.exitCode() != 0) {
            throw new AssertionError(List.of(command) + ":\n" + outcome.console());
        }
        return outcome.console();
    }

    /**
     * Pings an address: each is answered. One at a time, since of several ping waits for the last
     * no longer than twice the longest that it has seen, which a busy machine exceeds.
     */
    void ping(String address, int bytes, int count) {
        for (int i = 0; i < count; i++) {
            run("ping", "-q", "-n", "-W", "20", "-s", String.valueOf(bytes), "-c", "1", address);
        }
    }

    @Override
    public void close() {
        command("ip", "netns", "del", name);
    }
}
