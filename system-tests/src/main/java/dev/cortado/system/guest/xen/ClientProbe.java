package dev.cortado.system.guest.xen;

import dev.cortado.drivers.xen.ipc.Codec;
import dev.cortado.drivers.xen.ipc.DomainChannel;
import dev.cortado.drivers.xen.ipc.Domains;
import dev.cortado.drivers.xen.ipc.RemoteEndpoint;
import dev.cortado.drivers.xen.store.DomainStore;
import dev.cortado.drivers.xen.store.WatchQueue;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.kernel.ipc.EndpointClosedException;
import java.time.Duration;
import java.util.Arrays;

/**
 * Uses the services of the domain whose number is in "data/peer", and of the next one that is
 * written there when that one is gone.
 */
final class ClientProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MESSAGE_BYTES = 64;

    private ClientProbe() {}

    /** Arguments: how many messages and how many calls. */
    static void run(String[] arguments) throws Exception {
        int messages = Integer.parseInt(arguments[0]);
        int calls = Integer.parseInt(arguments[1]);
        XenStore store = DomainStore.get();
        Domains domains = Domains.get();
        System.out.println("client as domain " + domains.self());
        WatchQueue queue = new WatchQueue();
        store.watch("data/peer", queue);
        String peer = "";
        while (true) {
            queue.take();
            String now = store.readTextOrNull("data/peer");
            if (now == null || now.equals(peer)) {
                continue;
            }
            peer = now;
            int domain = Integer.parseInt(peer);
            send(domains, domain, messages);
            call(domains, domain, calls);
            follow(domains, domain);
        }
    }

    private static void send(Domains domains, int domain, int count) throws Exception {
        try (DomainChannel channel = domains.connect(domain, "count", PATIENCE)) {
            byte[] message = new byte[MESSAGE_BYTES];
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < Integer.BYTES; j++) {
                    message[j] = (byte) (i >>> 8 * j);
                }
                channel.sender().send(message);
            }
            channel.sender().send(new byte[0]);
            String right = new String(channel.receiver().receive());
            long nanos = System.nanoTime() - begin;
            System.out.println("messages " + right + " right, ns each " + nanos / count);
        }
    }

    private static void call(Domains domains, int domain, int count) throws Exception {
        try (RemoteEndpoint<byte[], byte[]> endpoint =
                domains.connectEndpoint(domain, "calls", Codec.BYTES, PATIENCE)) {
            byte[] request = new byte[MESSAGE_BYTES];
            int right = 0;
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                request[0] = (byte) i;
                right += Arrays.equals(request, endpoint.call(request)) ? 1 : 0;
            }
            long nanos = System.nanoTime() - begin;
            System.out.println("calls " + right + " right, ns each " + nanos / count);
        }
    }

    private static void follow(Domains domains, int domain) throws Exception {
        long last = System.nanoTime();
        try (DomainChannel channel = domains.connect(domain, "beats", PATIENCE)) {
            System.out.println("connected to domain " + domain);
            while (true) {
                channel.receiver().receive();
                last = System.nanoTime();
            }
        } catch (EndpointClosedException e) {
            long millis = (System.nanoTime() - last) / 1_000_000;
            System.out.println("exception after " + millis + " ms: " + e.getMessage());
        }
    }
}
