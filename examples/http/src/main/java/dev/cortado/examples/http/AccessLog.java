package dev.cortado.examples.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes a line for each request: when, from where, what, the answer's status, milliseconds. */
final class AccessLog extends Filter {
    /** Writes nothing. */
    static final AccessLog NONE = new AccessLog(null);

    private final PrintStream out;

    AccessLog(PrintStream out) {
        this.out = out;
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        long begin = System.nanoTime();
        try {
            chain.doFilter(exchange);
        } finally {
            if (out != null) {
                out.println(line(exchange, (System.nanoTime() - begin) / 1_000_000));
            }
        }
    }

    private static String line(HttpExchange exchange, long milliseconds) {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS)
                + " "
                + exchange.getRemoteAddress().getAddress().getHostAddress()
                + " "
                + exchange.getRequestMethod()
                + " "
                + exchange.getRequestURI()
                + " "
                + exchange.getResponseCode()
                + " "
                + milliseconds
                + " ms";
    }

    @Override
    public String description() {
        return "access log";
    }
}
