package dev.cortado.drivers.xen.ipc;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/** An endpoint that other domains may call, until this is closed. */
public final class EndpointExport implements AutoCloseable {
    private static final Duration LONG = Duration.ofDays(1);

    private final DomainListener listener;
    private final Function<DomainChannel, Runnable> loop;
    private final Thread thread = new Thread(this::run, "export");
    private final Set<DomainChannel> channels = new HashSet<>();
    private boolean closed;

    EndpointExport(DomainListener listener, Function<DomainChannel, Runnable> loop) {
        this.listener = listener;
        this.loop = loop;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                DomainChannel channel = listener.accept(LONG);
                if (channel != null) {
                    serveOrClose(channel);
                }
            }
        } catch (IOException | InterruptedException e) {
            // Closed.
        }
    }

    /** Also lets these domains call from now on. */
    public void admit(int... domains) throws IOException {
        listener.admit(domains);
    }

    /** A client for whom there is no memory hears of it by the end of its channel. */
    private void serveOrClose(DomainChannel channel) {
        boolean isServed = false;
        try {
            serve(channel);
            isServed = true;
        } catch (OutOfMemoryError e) {
            // Others may have more luck.
        } finally {
            if (!isServed) {
                forget(channel);
                channel.close();
            }
        }
    }

    private synchronized void serve(DomainChannel channel) {
        if (closed) {
            channel.close();
            return;
        }
        channels.add(channel);
        Thread client =
                new Thread(
                        () -> {
                            try {
                                loop.apply(channel).run();
                            } finally {
                                forget(channel);
                            }
                        },
                        "calls of domain " + channel.peer());
        client.setDaemon(true);
        client.start();
    }

    private synchronized void forget(DomainChannel channel) {
        channels.remove(channel);
    }

    /** Ends all connections; the endpoint itself stays. */
    @Override
    public void close() throws IOException {
        thread.interrupt();
        listener.close();
        Set<DomainChannel> all;
        synchronized (this) {
            closed = true;
            all = new HashSet<>(channels);
        }
        for (DomainChannel channel : all) {
            channel.close();
        }
    }
}
