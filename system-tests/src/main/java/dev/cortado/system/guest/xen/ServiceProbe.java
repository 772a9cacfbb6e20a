package dev.cortado.system.guest.xen;

import dev.cortado.drivers.xen.ipc.Codec;
import dev.cortado.drivers.xen.ipc.DomainChannel;
import dev.cortado.drivers.xen.ipc.DomainListener;
import dev.cortado.drivers.xen.ipc.Domains;
import dev.cortado.drivers.xen.ipc.EndpointExport;
import dev.cortado.kernel.ipc.Contract;
import dev.cortado.kernel.ipc.EndpointClosedException;
import dev.cortado.kernel.ipc.Server;
import java.time.Duration;

/**
 * Serves other domains until it is destroyed: "beats" sends a message now and then, "count" counts
 * messages until an empty one, then answers how many were right, "calls" is an endpoint.
 */
final class ServiceProbe {
    private static final Duration LONG = Duration.ofDays(1);
    private static final long BEAT_MILLIS = 20;

    private ServiceProbe() {}

    /** Argument: the number of the domain that it is for. */
    static void run(String[] arguments) throws Exception {
        int client = Integer.parseInt(arguments[0]);
        Domains domains = Domains.get();
        Server<byte[], byte[]> server = new Server<>(Contract.FAIL);
        Thread thread =
                new Thread(() -> {
                    try {
                        server.serve(request -> request);
                    } catch (InterruptedException e) {
                        // Nobody interrupts it.
                    }
                });
        thread.setDaemon(true);
        thread.start();
        try (DomainListener beats = domains.listen("beats", client);
                DomainListener count = domains.listen("count", client);
                EndpointExport calls =
                        domains.export("calls", server.endpoint(), Codec.BYTES, client)) {
            System.out.println("serving as domain " + domains.self());
            Thread beating = new Thread(() -> serve(beats, ServiceProbe::beat));
            beating.start();
            serve(count, ServiceProbe::count);
        }
    }

    private interface Work {
        void run(DomainChannel channel) throws InterruptedException;
    }

    private static void serve(DomainListener listener, Work work) {
        try {
            while (true) {
                try (DomainChannel channel = listener.accept(LONG)) {
                    System.out.println("a connection of domain " + channel.peer());
                    work.run(channel);
                } catch (EndpointClosedException e) {
                    System.out.println("ended: " + e.getMessage());
                }
            }
        } catch (Exception e) {
            e.printStackTrace();
        }
    }

    private static void beat(DomainChannel channel) throws InterruptedException {
        while (true) {
            channel.sender().send(new byte[] {1});
            Thread.sleep(BEAT_MILLIS);
        }
    }

    private static void count(DomainChannel channel) throws InterruptedException {
        byte[] message = new byte[64];
        while (true) {
            int right = 0;
            int length = channel.receiver().receive(message);
            while (length > 0) {
                if (length == message.length && number(message) == right) {
                    right++;
                }
                length = channel.receiver().receive(message);
            }
            channel.sender().send(Integer.toString(right).getBytes());
        }
    }

    static int number(byte[] message) {
        return message[0] & 0xff
                | (message[1] & 0xff) << 8
                | (message[2] & 0xff) << 16
                | message[3] << 24;
    }
}
