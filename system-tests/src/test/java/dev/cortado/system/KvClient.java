package dev.cortado.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** Writes to its own keys of examples/kv, one after the other, and knows what must be there. */
final class KvClient {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int KEYS = 16;
    private static final int MOST_WORDS = 4000;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
    private final int port;
    private final int number;

    /** Of each key's value: how often it was written, and the store has answered. 0: it is none. */
    private final int[] answered = new int[KEYS];

    /** The same, answered or not. */
    private final int[] sent = new int[KEYS];

    private final Random random;

    KvClient(int port, int number) {
        this.port = port;
        this.number = number;
        random = new Random(number);
    }

    private HttpRequest.Builder request(int key) {
        URI address = URI.create("http://127.0.0.1:" + port + "/" + number + "-" + key);
        return HttpRequest.newBuilder(address).timeout(PATIENCE);
    }

    private String value(int key, int version) {
        int words = new Random(key * 31L + version).nextInt(MOST_WORDS);
        return version + " of " + number + "-" + key + " again".repeat(words);
    }

    /** Until no answer comes any more. */
    void writeUntilItIsGone(CountDownLatch answers) {
        try {
            while (true) {
                int key = random.nextInt(KEYS);
                sent[key] = answered[key] + 1;
                HttpRequest put =
                        request(key)
                                .PUT(BodyPublishers.ofString(value(key, sent[key]), US_ASCII))
                                .build();
                int status = client.send(put, BodyHandlers.discarding()).statusCode();
                if (status != NO_CONTENT) {
                    throw new AssertionError("status " + status);
                }
                answered[key] = sent[key];
                answers.countDown();
            }
        } catch (IOException e) {
            // The machine was killed.
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Each value is the last one that was answered, or the one on its way. */
    void look() throws IOException, InterruptedException {
        for (int key = 0; key < KEYS; key++) {
            HttpResponse<String> answer =
                    client.send(request(key).build(), BodyHandlers.ofString(US_ASCII));
            boolean isNone = answer.statusCode() == NOT_FOUND;
            int version = isNone ? 0 : Integer.parseInt(answer.body().split(" ", 2)[0]);
            assertTrue(
                    version == answered[key] || version == sent[key],
                    () -> number + "-" + answer + ": " + version);
            if (!isNone) {
                assertEquals(value(key, version), answer.body());
            }
            answered[key] = version;
            sent[key] = version;
        }
    }
}
