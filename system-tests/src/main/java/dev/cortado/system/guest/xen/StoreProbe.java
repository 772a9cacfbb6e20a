package dev.cortado.system.guest.xen;

import dev.cortado.drivers.xen.store.DomainStore;
import dev.cortado.drivers.xen.store.StoreException;
import dev.cortado.drivers.xen.store.WatchQueue;
import dev.cortado.drivers.xen.store.XenStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Uses this domain's part of xenstore with several threads, until "data/end" is there. */
final class StoreProbe {
    private static final int THREADS = 4;
    private static final int ROUNDS = 50;

    private StoreProbe() {}

    static void run() throws Exception {
        XenStore store = DomainStore.get();
        System.out.println("domain " + store.readText("domid"));
        store.write("data/text", "written by the guest");
        byte[] large = new byte[2000];
        new Random(1).nextBytes(large);
        store.write("data/large", large);
        check(Arrays.equals(large, store.read("data/large")), "a large value");
        errors(store);
        threads(store);
        WatchQueue queue = new WatchQueue();
        store.watch("data/from-dom0", queue);
        System.out.println("waiting");
        String text = "";
        while (!"end".equals(text)) {
            queue.take();
            String now = store.readTextOrNull("data/from-dom0");
            if (now != null && !now.equals(text)) {
                // More of them than a message can tell of at once.
                int nodes = store.directory("data/from-dom0").size();
                System.out.println("dom0 says " + now + " and has " + nodes + " nodes");
                text = now;
            }
        }
    }

    private static void errors(XenStore store) throws IOException {
        try {
            store.write("/local/domain/0/name", "mine");
            check(false, "a domain may not write there");
        } catch (StoreException e) {
            System.out.println(e.getMessage());
        }
        try {
            store.read("data/nothing");
            check(false, "there is no such node");
        } catch (StoreException e) {
            System.out.println(e.getMessage());
        }
    }

    private static void threads(XenStore store) throws Exception {
        store.write("data/count", "0");
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Thread thread = new Thread(() -> countUp(store));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("counted to " + store.readText("data/count"));
    }

    private static void countUp(XenStore store) {
        try {
            for (int i = 0; i < ROUNDS; i++) {
                store.inTransaction(transaction -> {
                    int count = Integer.parseInt(transaction.readText("data/count"));
                    transaction.write("data/count", Integer.toString(count + 1));
                    return null;
                });
            }
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }

    private static void check(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
