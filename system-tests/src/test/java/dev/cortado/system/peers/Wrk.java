package dev.cortado.system.peers;

import dev.cortado.system.TapNetwork;
import dev.cortado.system.servers.HostTools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What wrk has got from a guest's web server.
 *
 * @param rate answers a second
 * @param timeouts requests without an answer
 */
record Wrk(double rate, int timeouts) {
    /** An option: a connection for each request. */
    static final String CLOSE = "Connection: close";

    private static final int CONNECTIONS = 50;
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
    private static final Pattern TIMEOUTS = Pattern.compile("Socket errors: .*timeout (\\d+)");

    /** Runs it; the test is skipped if there is none. */
    static Wrk run(TapNetwork network, int seconds, String... headers) {
        String wrk = HostTools.find("wrk", Path.of("/usr/bin"), Path.of("/usr/local/bin"));
        List<String> command = new ArrayList<>(List.of(wrk, "-t", "2", "--timeout", "5s"));
        command.addAll(List.of("-c", String.valueOf(CONNECTIONS), "-d", seconds + "s"));
        for (String header : headers) {
            command.addAll(List.of("-H", header));
        }
        command.add("http://" + TapNetwork.GUEST + ":8080/");
        String report = network.run(command.toArray(String[]::new));
        Matcher rate = RATE.matcher(report);
        if (!rate.find()) {
            throw new AssertionError(report);
        }
        Matcher timeouts = TIMEOUTS.matcher(report);
        return new Wrk(
                Double.parseDouble(rate.group(1)),
                timeouts.find() ? Integer.parseInt(timeouts.group(1)) : 0);
    }
}
