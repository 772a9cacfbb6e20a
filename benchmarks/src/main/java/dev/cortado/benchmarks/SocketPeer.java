package dev.cortado.benchmarks;

import dev.cortado.benchmarks.guest.SocketGuest;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * The other side of {@link SocketGuest}, which measures: a line {@code FIGURE name number} for each
 * figure. A program of its own, since it runs in another network namespace. Arguments: the guest's
 * address, seconds for each figure.
 */
final class SocketPeer {
    private static final int BULK_BYTES = 256 << 10;
    private static final int MESSAGE_BYTES = 64;
    private static final int MOST_TRIPS = 2_000_000;
    private static final int MOST_LOST = 20;
    private static final int PATIENCE_MILLIS = 2_000;
    private static final long START_NANOS = 180_000_000_000L;
    private static final long PAUSE_NANOS = 50_000_000;
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;

    /** Of the time, for what was not compiled or not opened wide before. */
    private static final double WARM_UP = 0.5;

    private final InetAddress guest;
    private final double seconds;

    private SocketPeer(InetAddress guest, double seconds) {
        this.guest = guest;
        this.seconds = seconds;
    }

    /** Something that is sent and comes back. */
    @FunctionalInterface
    private interface Trip {
        /** Returns false if it was lost. */
        boolean make() throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        SocketPeer peer =
                new SocketPeer(
                        InetAddress.getByName(arguments[0]), Double.parseDouble(arguments[1]));
        peer.await();
        peer.roundTripsByTcp();
        peer.roundTripsByUdp();
        figure("tcp_to_guest_mib", peer.sent());
        figure("tcp_from_guest_mib", peer.received());
        System.out.println("END");
    }

    private static void figure(String name, double number) {
        System.out.println("FIGURE " + name + " " + number);
    }

    /** Until the guest has started. */
    private void await() throws IOException {
        long begin = System.nanoTime();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(guest, SocketGuest.ECHO), PATIENCE_MILLIS);
                return;
            } catch (SocketException | SocketTimeoutException e) {
                if (System.nanoTime() - begin > START_NANOS) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private SocketChannel connect(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(guest, port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    /** MiB a second that the guest has got, and said so. */
    private double sent() throws IOException {
        send(seconds * WARM_UP);
        return send(seconds);
    }

    private double send(double seconds) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BULK_BYTES);
        try (SocketChannel channel = connect(SocketGuest.SINK)) {
            long begin = System.nanoTime();
            while (secondsSince(begin) < seconds) {
                channel.write(buffer.clear());
            }
            channel.shutdownOutput();
            ByteBuffer sum = ByteBuffer.allocate(Long.BYTES);
            while (sum.hasRemaining()) {
                if (channel.read(sum) < 0) {
                    throw new IOException("the guest has not said how much it got");
                }
            }
            return sum.flip().getLong() / BYTES_PER_MEBIBYTE / secondsSince(begin);
        }
    }

    /** MiB a second that the guest has sent. */
    private double received() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BULK_BYTES);
        try (SocketChannel channel = connect(SocketGuest.SOURCE)) {
            receive(channel, buffer, seconds * WARM_UP);
            return receive(channel, buffer, seconds);
        }
    }

    private static double receive(SocketChannel channel, ByteBuffer buffer, double seconds)
            throws IOException {
        long sum = 0;
        long begin = System.nanoTime();
        while (secondsSince(begin) < seconds) {
            int count = channel.read(buffer.clear());
            if (count < 0) {
                throw new IOException("the guest has closed");
            }
            sum += count;
        }
        return sum / BYTES_PER_MEBIBYTE / secondsSince(begin);
    }

    private void roundTripsByTcp() throws IOException {
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
        try (SocketChannel channel = connect(SocketGuest.ECHO)) {
            roundTrips(
                    "tcp",
                    () -> {
                        channel.write(message.clear());
                        message.clear();
                        while (message.hasRemaining()) {
                            if (channel.read(message) < 0) {
                                throw new IOException("the guest has closed");
                            }
                        }
                        return true;
                    });
        }
    }

    private void roundTripsByUdp() throws IOException {
        byte[] message = new byte[MESSAGE_BYTES];
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(guest, SocketGuest.ECHO);
            socket.setSoTimeout(PATIENCE_MILLIS);
            roundTrips(
                    "udp",
                    () -> {
                        socket.send(new DatagramPacket(message, message.length));
                        try {
                            socket.receive(new DatagramPacket(message, message.length));
                            return true;
                        } catch (SocketTimeoutException e) {
                            return false;
                        }
                    });
        }
    }

    private void roundTrips(String name, Trip trip) throws IOException {
        measure(trip, seconds * WARM_UP);
        long[] nanos = measure(trip, seconds);
        Arrays.sort(nanos);
        figure("rtt_" + name + "_p50_us", nanos[nanos.length / 2] / 1e3);
        figure("rtt_" + name + "_p99_us", nanos[(int) (nanos.length * 0.99)] / 1e3);
    }

    /** What each took. */
    private static long[] measure(Trip trip, double seconds) throws IOException {
        long[] nanos = new long[MOST_TRIPS];
        int count = 0;
        int lost = 0;
        for (long begin = System.nanoTime();
                secondsSince(begin) < seconds && count < MOST_TRIPS; ) {
            long sent = System.nanoTime();
            if (trip.make()) {
                nanos[count++] = System.nanoTime() - sent;
            } else if (++lost > MOST_LOST) {
                throw new IOException("more than " + MOST_LOST + " messages were lost");
            }
        }
        if (count == 0) {
            throw new IOException("no message came back");
        }
        return Arrays.copyOf(nanos, count);
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
