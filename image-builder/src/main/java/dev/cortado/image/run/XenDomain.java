package dev.cortado.image.run;

import dev.cortado.image.ExitHook;
import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A domain from its creation to its destruction, which also Ctrl-C leads to. */
final class XenDomain implements AutoCloseable {
    /** Below a domain's own directory in xenstore, where the guest leaves its exit code. */
    private static final String EXIT_CODE = "data/cortado/exit-code";

    private static final Duration CREATION = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 50;
    private static final long CONSOLE_SECONDS = 10;
    private static final long SILENCE_MILLIS = 200;
    private static final long LAST_WORDS_SECONDS = 3;

    private final Xl xl;
    private final String name;
    private final Path configuration;
    private ExitHook destroyer;
    private XenWatcher watcher;
    private String id = "";
    private boolean destroyed;

    XenDomain(Xl xl, String name, Path configuration) {
        this.xl = xl;
        this.name = name;
        this.configuration = configuration;
    }

    /**
     * Creates it; it does nothing until {@link #unpause}.
     *
     * @throws UserError if xl cannot do that, with what it says
     */
    void create() throws IOException, InterruptedException {
        destroyer = new ExitHook("xen-destroyer", this::destroy);
        begin();
        try {
            id = watcher.created(CREATION).orElse("");
        } catch (TimeoutException e) {
            throw new UserError(
                    "xl has not created the domain within %d s: look into /var/log/xen"
                            .formatted(CREATION.toSeconds()),
                    e);
        }
        if (id.isEmpty()) {
            String said = new ProgramResult(1, watcher.said()).line();
            throw new UserError("xl cannot create the domain: " + said);
        }
    }

    /** Under the lock: whoever ends this program waits until there is something to destroy. */
    private synchronized void begin() throws IOException {
        if (destroyed) {
            throw new IllegalStateException("this program is being ended");
        }
        watcher = new XenWatcher(xl.start("create", "-F", "-p", configuration.toString()));
    }

    /**
     * @throws UserError if xenconsoled makes none
     */
    XenConsole console() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONSOLE_SECONDS);
        while (System.nanoTime() < deadline) {
            Optional<String> device = xl.read("/local/domain/" + id + "/console/tty");
            if (device.isPresent() && !device.get().isEmpty()) {
                return new XenConsole(Path.of(device.get()));
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new UserError("the domain has no console: is xenconsoled running?");
    }

    /**
     * @throws UserError if xl cannot do that
     */
    void unpause() throws IOException, InterruptedException {
        ProgramResult result = xl.run("unpause", id);
        if (!result.succeeded()) {
            throw new UserError("xl cannot start the domain: " + result.line());
        }
    }

    /** Waits until it has shut down; false if it has not in time. */
    boolean await(Optional<Duration> timeout) throws InterruptedException {
        return watcher.await(timeout);
    }

    /** Asks the guest to end, as its power button would. xenstore keeps it for one that boots. */
    EndSignals.Answer ask() {
        return EndSignals.ask(() -> xl.run("shutdown", id));
    }

    /** What the guest has left in xenstore. */
    Optional<Integer> exitCode() throws IOException, InterruptedException {
        return xl.read("/local/domain/" + id + "/" + EXIT_CODE)
                .filter(text -> text.matches("-?\\d{1,10}"))
                .map(text -> (int) Long.parseLong(text));
    }

    DomainEnd end() throws InterruptedException {
        return DomainEnd.of(watcher.said());
    }

    /** Destroys it once all of its console's output has been shown. */
    void finish(XenConsole console, Thread shown) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_WORDS_SECONDS);
        while (shown.isAlive()
                && console.silentMillis() < SILENCE_MILLIS
                && System.nanoTime() < deadline) {
            Thread.sleep(POLL_MILLIS);
        }
        close();
        shown.join(TimeUnit.SECONDS.toMillis(1));
    }

    @Override
    public void close() {
        destroy();
        if (destroyer != null) {
            destroyer.close();
        }
    }

    /** By name: it may be half-made. */
    synchronized void destroy() {
        if (destroyed) {
            return;
        }
        destroyed = true;
        if (watcher == null) {
            return;
        }
        try {
            if (xl.run("domid", name).succeeded()) {
                xl.run("destroy", name);
            }
        } catch (IOException | UserError e) {
            // Nobody is there to be told; xl list shows it.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watcher.end();
        }
    }
}
