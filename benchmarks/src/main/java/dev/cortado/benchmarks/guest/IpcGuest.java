package dev.cortado.benchmarks.guest;

import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.ipc.Channel;
import dev.cortado.kernel.ipc.Contract;
import dev.cortado.kernel.ipc.Endpoint;
import dev.cortado.kernel.ipc.Message;
import dev.cortado.kernel.ipc.Notification;
import dev.cortado.kernel.ipc.Server;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.Scheduler;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Inside the guest: measures round trips between two threads, in ticks of the time-stamp counter,
 * and prints a line "FIGURE name p50 p99" for each way of making them.
 */
public final class IpcGuest {
    private static final int ROUND_TRIPS = 20_000;

    /** Across processors: under emulation each takes as long as the host's scheduler likes. */
    private static final int ROUND_TRIPS_ACROSS = 2_000;

    private static final int BATCH = 500;

    private static final int MESSAGES = 200_000;
    private static final int MESSAGE_BYTES = 64;
    private static final int CHANNEL_BYTES = 1 << 16;

    /** What is timed. */
    private interface Trip {
        void make() throws Exception;
    }

    private IpcGuest() {}

    public static void main(String[] arguments) throws Exception {
        pin(0);
        measure("one", 0, ROUND_TRIPS);
        if (Processors.online() > 1) {
            measure("two", 1, ROUND_TRIPS_ACROSS);
        }
        System.out.println("END");
    }

    /** All ways in turn, a few round trips each, so that what disturbs one disturbs all. */
    private static void measure(String where, int partner, int trips) throws Exception {
        List<Way> ways =
                List.of(
                        endpoint(partner),
                        notification(partner),
                        synchronousQueue(partner),
                        park(partner));
        long[] bare = new long[trips];
        for (int round = -1; round < trips / BATCH; round++) {
            for (Way way : ways) {
                way.makeBatch(round);
            }
            BareSwitches.measure(bare, Math.max(round, 0) * BATCH, BATCH);
        }
        print("bare_switches_" + where, bare, trips);
        for (Way way : ways) {
            way.print(where);
            way.end();
        }
        channel(where, partner);
    }

    /** One way to make round trips. */
    private static final class Way {
        private final String name;
        private final Thread partner;
        private final Trip trip;
        private final Trip last;
        private final long[] ticks = new long[ROUND_TRIPS];
        private int count;

        Way(String name, Thread partner, Trip trip, Trip last) {
            this.name = name;
            this.partner = partner;
            this.trip = trip;
            this.last = last;
        }

        /** Round -1 is to warm up. */
        void makeBatch(int round) throws Exception {
            count = Math.max(round, 0) * BATCH;
            for (int i = 0; i < BATCH; i++) {
                long begin = Cpu.readTimeStampCounter();
                trip.make();
                ticks[count++] = Cpu.readTimeStampCounter() - begin;
            }
        }

        void print(String where) {
            IpcGuest.print(name + "_" + where, ticks, count);
        }

        void end() throws Exception {
            last.make();
            partner.join();
        }
    }

    private static void print(String name, long[] ticks, int count) {
        Arrays.sort(ticks, 0, count);
        System.out.println(
                "FIGURE %s %d %d".formatted(name, ticks[count / 2], ticks[count * 99 / 100]));
    }

    private static Way endpoint(int partner) {
        Server<Integer, Integer> server = new Server<>(Contract.FAIL);
        Endpoint<Integer, Integer> endpoint = server.endpoint();
        Thread thread =
                start(
                        partner,
                        () -> {
                            Message<Integer, Integer> message = server.receive();
                            while (message.request() != null) {
                                message = server.replyAndReceive(message, message.request());
                            }
                            server.reply(message, null);
                        });
        Integer request = 1;
        return new Way("endpoint", thread, () -> endpoint.call(request), () -> endpoint.call(null));
    }

    private static Way notification(int partner) {
        Notification there = new Notification();
        Notification back = new Notification();
        Thread thread =
                start(
                        partner,
                        () -> {
                            while (there.await(Notification.ANY) == 1) {
                                back.signal(1);
                            }
                        });
        return new Way(
                "notification",
                thread,
                () -> {
                    there.signal(1);
                    back.await(Notification.ANY);
                },
                () -> there.signal(2));
    }

    private static Way synchronousQueue(int partner) {
        SynchronousQueue<Integer> there = new SynchronousQueue<>();
        SynchronousQueue<Integer> back = new SynchronousQueue<>();
        Thread thread =
                start(
                        partner,
                        () -> {
                            for (Integer i = there.take(); i != 0; i = there.take()) {
                                back.put(i);
                            }
                        });
        Integer request = 1;
        return new Way(
                "synchronous_queue",
                thread,
                () -> {
                    there.put(request);
                    back.take();
                },
                () -> there.put(0));
    }

    private static Way park(int partner) {
        Thread here = Thread.currentThread();
        AtomicBoolean mine = new AtomicBoolean();
        AtomicBoolean theirs = new AtomicBoolean();
        AtomicBoolean end = new AtomicBoolean();
        Thread thread =
                start(
                        partner,
                        () -> {
                            while (true) {
                                while (!theirs.compareAndSet(true, false)) {
                                    LockSupport.park();
                                }
                                if (end.get()) {
                                    return;
                                }
                                mine.set(true);
                                LockSupport.unpark(here);
                            }
                        });
        Trip trip =
                () -> {
                    theirs.set(true);
                    LockSupport.unpark(thread);
                    while (!mine.compareAndSet(true, false)) {
                        LockSupport.park();
                    }
                };
        Trip last =
                () -> {
                    end.set(true);
                    theirs.set(true);
                    LockSupport.unpark(thread);
                };
        return new Way("park", thread, trip, last);
    }

    /** Messages a second, twice, in place of the two quantiles. */
    private static void channel(String where, int partner) throws Exception {
        Channel channel = new Channel(CHANNEL_BYTES);
        Thread thread =
                start(
                        partner,
                        () -> {
                            byte[] target = new byte[MESSAGE_BYTES];
                            for (int i = 0; i < MESSAGES; i++) {
                                channel.receiver().receive(target);
                            }
                        });
        byte[] message = new byte[MESSAGE_BYTES];
        long begin = System.nanoTime();
        for (int i = 0; i < MESSAGES; i++) {
            channel.sender().send(message);
        }
        thread.join();
        long perSecond = MESSAGES * 1_000_000_000L / (System.nanoTime() - begin);
        System.out.println("FIGURE channel_" + where + " " + perSecond + " " + perSecond);
    }

    private static Thread start(int processor, Trip body) {
        return Thread.ofPlatform()
                .start(() -> {
                    pin(processor);
                    try {
                        body.make();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static void pin(int processor) {
        KernelThreads.setAffinity(Scheduler.current(), 1L << processor);
    }
}
