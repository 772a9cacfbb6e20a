package dev.cortado.system.guest.xen;

import dev.cortado.drivers.xen.ipc.Domains;
import dev.cortado.drivers.xen.vchan.Vchan;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/** Sends bytes to a program of libxenvchan in dom0, which sends all of them back. */
final class VchanProbe {
    private static final int BYTES = 1 << 20;

    private VchanProbe() {}

    /** The other side connects to "data/vchan/cortado" of this domain. */
    static void serve() throws Exception {
        try (Vchan vchan = Domains.get().serveVchan(0, "data/vchan/cortado")) {
            System.out.println("vchan: waiting for a client");
            exchange(vchan);
        }
    }

    /** The other side serves "data/vchan/dom0" of dom0. */
    static void connect() throws Exception {
        try (Vchan vchan = Domains.get().connectVchan(0, "/local/domain/0/data/vchan/dom0")) {
            exchange(vchan);
        }
    }

    private static void exchange(Vchan vchan) throws Exception {
        byte[] bytes = new byte[BYTES];
        new Random(1).nextBytes(bytes);
        Thread writer = new Thread(() -> write(vchan, bytes));
        writer.start();
        byte[] back = new byte[BYTES];
        int count = 0;
        int more;
        do {
            more = vchan.read(back, count, BYTES - count);
            count += Math.max(more, 0);
        } while (more >= 0 && count < BYTES);
        writer.join();
        System.out.println(
                "vchan: "
                        + count
                        + " bytes back, "
                        + (Arrays.equals(bytes, back) ? "right" : "WRONG"));
    }

    private static void write(Vchan vchan, byte[] bytes) {
        try {
            vchan.write(bytes, 0, bytes.length);
        } catch (IOException e) {
            System.out.println("vchan: " + e.getMessage());
        }
    }
}
