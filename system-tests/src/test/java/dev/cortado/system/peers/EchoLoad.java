package dev.cortado.system.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A client of {@code examples/echo}, a program of its own: some connections on which something goes
 * there and back again as fast as it can. Says how often a second.
 *
 * <p>Arguments: address, port, how many connections, bytes each time, seconds.
 */
final class EchoLoad {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final String address;
    private final int port;
    private final byte[] data;
    private final long end;
    private final AtomicLong rounds = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private EchoLoad(String address, int port, int bytes, int seconds) {
        this.address = address;
        this.port = port;
        this.data = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            data[i] = (byte) (i * 31);
        }
        end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    public static void main(String[] arguments) throws InterruptedException {
        int seconds = Integer.parseInt(arguments[4]);
        EchoLoad load =
                new EchoLoad(
                        arguments[0],
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[3]),
                        seconds);
        load.run(Integer.parseInt(arguments[2]));
        System.out.println(load.rounds.get() / seconds + "/s");
    }

    private void run(int connections) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            threads.add(Thread.ofPlatform().start(this::work));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("after " + rounds + " rounds", failure.get());
        }
    }

    private void work() {
        try (Socket socket = new Socket(address, port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            while (System.nanoTime() < end && failure.get() == null) {
                out.write(data);
                if (!Arrays.equals(data, in.readNBytes(data.length))) {
                    throw new IOException("something else comes back");
                }
                rounds.incrementAndGet();
            }
        } catch (IOException | RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }
}
