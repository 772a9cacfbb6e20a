package dev.cortado.system.peers;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * A wire between two machines of QEMU's, each at a socket of its own ({@code -netdev stream}: each
 * frame has its length before it, four bytes). All frames that are sent are captured, whatever
 * becomes of them.
 */
final class Wire implements Closeable {
    private static final int LONGEST_FRAME = 1 << 17;

    private final Path directory;
    private final PcapFile capture;
    private final End[] ends = new End[2];
    private final long begun = System.nanoTime();
    private volatile IOException failure;

    /** A frame that is on its way; of two at a time the one that was sent first comes first. */
    private record Travelling(WireDirection.Arrival arrival, long number)
            implements Comparable<Travelling> {
        @Override
        public int compareTo(Travelling other) {
            int byTime = Long.compare(arrival.at(), other.arrival.at());
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** One machine's. */
    private final class End implements Closeable {
        final ServerSocketChannel server;
        volatile WireDirection direction;

        /** What comes out here. */
        final PriorityQueue<Travelling> arriving = new PriorityQueue<>();

        private final int number;
        private long count;
        private SocketChannel channel;

        End(int number, WireConditions conditions) throws IOException {
            this.number = number;
            change(conditions);
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket(number)));
        }

        void change(WireConditions conditions) {
            direction = new WireDirection(conditions, number);
        }

        void start(End other) {
            Thread.ofPlatform().daemon().name("wire in").start(() -> attempt(() -> read(other)));
        }

        private void read(End other) throws IOException, InterruptedException {
            SocketChannel accepted = server.accept();
            synchronized (arriving) {
                channel = accepted;
                arriving.clear();
            }
            Thread.ofPlatform().daemon().name("wire out").start(() -> attempt(this::write));
            DataInputStream in =
                    new DataInputStream(
                            new BufferedInputStream(
                                    Channels.newInputStream(accepted), LONGEST_FRAME));
            while (true) {
                int length = in.readInt();
                if (length < 0 || length > LONGEST_FRAME) {
                    throw new IOException("a frame of " + length + " bytes");
                }
                byte[] frame = new byte[length];
                in.readFully(frame);
                long now = System.nanoTime() - begun;
                capture.add(frame, now);
                other.arrive(direction.send(frame, now));
            }
        }

        void arrive(List<WireDirection.Arrival> arrivals) {
            synchronized (arriving) {
                for (WireDirection.Arrival arrival : arrivals) {
                    arriving.add(new Travelling(arrival, count++));
                }
                arriving.notifyAll();
            }
        }

        private void write() throws IOException, InterruptedException {
            ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + LONGEST_FRAME);
            while (true) {
                byte[] frame = next();
                bytes.clear().putInt(frame.length).put(frame).flip();
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        }

        /** Waits for the time of the next frame. */
        private byte[] next() throws InterruptedException {
            synchronized (arriving) {
                while (true) {
                    Travelling first = arriving.peek();
                    long wait =
                            first == null
                                    ? Long.MAX_VALUE
                                    : first.arrival.at() - (System.nanoTime() - begun);
                    if (wait <= 0) {
                        return arriving.remove().arrival.frame();
                    }
                    TimeUnit.NANOSECONDS.timedWait(arriving, wait);
                }
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            synchronized (arriving) {
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    /**
     * @param directory where the sockets are made
     * @param captureFile of all that is sent
     */
    Wire(Path directory, Path captureFile, WireConditions conditions) throws IOException {
        this.directory = directory;
        capture = new PcapFile(captureFile);
        ends[0] = new End(0, conditions);
        ends[1] = new End(1, conditions);
        ends[0].start(ends[1]);
        ends[1].start(ends[0]);
    }

    /** Where a machine at one of the ends, 0 and 1, connects to. */
    Path socket(int end) {
        return directory.resolve("wire" + end + ".socket");
    }

    /** QEMU's option for a machine at one of the ends, 0 and 1. */
    List<String> netdev(int end) {
        return List.of(
                "-netdev", "stream,id=net,server=off,addr.type=unix,addr.path=" + socket(end));
    }

    /** From now on it is another one. */
    void change(WireConditions conditions) {
        ends[0].change(conditions);
        ends[1].change(conditions);
    }

    /** A machine that ends takes its end of the wire with it: that is no failure. */
    private void attempt(Task task) {
        try {
            task.run();
        } catch (EOFException | ClosedChannelException | SocketException e) {
            // the end of a machine, or of the wire
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the capture too. */
    @Override
    public void close() throws IOException {
        ends[0].close();
        ends[1].close();
        capture.close();
        IOException what = failure;
        if (what != null && !"Broken pipe".equals(what.getMessage())) {
            throw what;
        }
    }
}
