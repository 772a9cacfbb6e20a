import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.ipc.Channel;
import dev.cortado.kernel.ipc.Contract;
import dev.cortado.kernel.ipc.Message;
import dev.cortado.kernel.ipc.Notification;
import dev.cortado.kernel.ipc.Server;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.Scheduler;
import java.util.Arrays;
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

    private static final int MESSAGES = 200_000;
    private static final int MESSAGE_BYTES = 64;
    private static final int CHANNEL_BYTES = 1 << 16;

    /** What is timed. */
    private interface Trip {
        void make() throws Exception;
    }

    private IpcGuest() {}

    public static void main(String[] arguments) throws Exception {
        boolean twoProcessors = Processors.online() > 1;
        for (int partner = 0; partner < (twoProcessors ? 2 : 1); partner++) {
            String where = partner == 0 ? "one" : "two";
            pin(0);
            endpoint(where, partner);
            notification(where, partner);
            synchronousQueue(where, partner);
            park(where, partner);
            channel(where, partner);
        }
        System.out.println("END");
    }

    private static void endpoint(String where, int partner) throws Exception {
        Server<Integer, Integer> server = new Server<>(Contract.FAIL);
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
        measure("endpoint_" + where, () -> server.endpoint().call(request));
        server.endpoint().call(null);
        thread.join();
    }

    private static void notification(String where, int partner) throws Exception {
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
        measure(
                "notification_" + where,
                () -> {
                    there.signal(1);
                    back.await(Notification.ANY);
                });
        there.signal(2);
        thread.join();
    }

    private static void synchronousQueue(String where, int partner) throws Exception {
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
        measure(
                "synchronous_queue_" + where,
                () -> {
                    there.put(request);
                    back.take();
                });
        there.put(0);
        thread.join();
    }

    private static void park(String where, int partner) throws Exception {
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
        measure(
                "park_" + where,
                () -> {
                    theirs.set(true);
                    LockSupport.unpark(thread);
                    while (!mine.compareAndSet(true, false)) {
                        LockSupport.park();
                    }
                });
        end.set(true);
        theirs.set(true);
        LockSupport.unpark(thread);
        thread.join();
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
                .start(
                        () -> {
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

    private static void measure(String name, Trip trip) throws Exception {
        int trips = name.endsWith("two") ? ROUND_TRIPS_ACROSS : ROUND_TRIPS;
        for (int i = 0; i < trips / 10; i++) {
            trip.make();
        }
        long[] ticks = new long[trips];
        for (int i = 0; i < trips; i++) {
            long begin = Cpu.readTimeStampCounter();
            trip.make();
            ticks[i] = Cpu.readTimeStampCounter() - begin;
        }
        Arrays.sort(ticks);
        System.out.println(
                "FIGURE " + name + " " + ticks[trips / 2] + " " + ticks[trips * 99 / 100]);
    }
}
