package dev.cortado.image.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The process {@code xl create -F}, which stays with its domain and tells what becomes of it. */
final class XenWatcher {
    /** What it says when the domain is complete: not before then may it be started. */
    private static final Pattern CREATED =
            Pattern.compile("Waiting for domain .* \\(domid (\\d{1,5})\\) to die.*");

    private static final int MOST_CHARACTERS = 16 << 10;
    private static final int PATIENCE_SECONDS = 1;

    private final Process process;
    private final CompletableFuture<Optional<String>> created = new CompletableFuture<>();
    private final CompletableFuture<String> said = new CompletableFuture<>();

    XenWatcher(Process process) {
        this.process = process;
        Thread.ofVirtual().name("xl-output").start(this::read);
    }

    private void read() {
        StringBuilder text = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (text.length() < MOST_CHARACTERS) {
                    text.append(line.strip()).append('\n');
                }
                Matcher matcher = CREATED.matcher(line);
                if (matcher.matches()) {
                    created.complete(Optional.of(matcher.group(1)));
                }
            }
        } catch (IOException e) {
            text.append(e.getMessage());
        }
        created.complete(Optional.empty());
        said.complete(text.toString());
    }

    /**
     * The number of the domain; empty if it was not created.
     *
     * @throws TimeoutException if neither can be told in time
     */
    Optional<String> created(Duration patience) throws InterruptedException, TimeoutException {
        try {
            return created.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed so", e);
        }
    }

    /** Waits until the domain has shut down; false if it has not in time. */
    boolean await(Optional<Duration> timeout) throws InterruptedException {
        if (timeout.isEmpty()) {
            process.waitFor();
            return true;
        }
        return process.waitFor(timeout.get().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** All that it has said, once it has ended. */
    String said() throws InterruptedException {
        try {
            return said.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return "";
        }
    }

    void end() {
        process.destroy();
    }
}
