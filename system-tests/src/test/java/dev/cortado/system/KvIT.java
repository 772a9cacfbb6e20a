package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** examples/kv on a PC of any kind: it is killed, and what it has answered to is there again. */
@EnabledIfSystemProperty(
        named = "cortado.kv",
        matches = "true",
        disabledReason = "an image of its own, which takes some minutes more")
final class KvIT {
    private static final long DISK_BYTES = 64 << 20;
    private static final int CLIENTS = 4;
    private static final int KILLS = 3;
    private static final int LEAST_ANSWERS = 20;
    private static final int MORE_ANSWERS = 100;
    private static final int MINUTES = 2;

    private static Path image;

    @TempDir Path directory;

    private static synchronized Path image() {
        if (image == null) {
            image = Cortado.build(Program.kv(), "bare", "--target", "bare", "--with-disks");
        }
        return image;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private List<String> command(
            String machine,
            int cpus,
            DiskController controller,
            DiskImage disk,
            String card,
            int port)
            throws IOException {
        String line = "cortado.mount=/data=label=" + controller.label() + ":ext4 -- /data";
        StartDisk start = StartDisk.of(image(), directory.resolve("start"), line);
        List<String> command = new ArrayList<>(start.command(machine, cpus));
        command.addAll(controller.options(disk));
        command.addAll(List.of("-device", card + ",netdev=net,romfile="));
        command.addAll(List.of("-netdev", "user,id=net,hostfwd=tcp:127.0.0.1:" + port + "-:8080"));
        command.addAll(List.of("-monitor", "unix:" + monitor() + ",server=on,wait=off"));
        return command;
    }

    private Path monitor() {
        return directory.resolve("monitor");
    }

    @ParameterizedTest
    @CsvSource({
        "q35, 4, nvme, e1000e",
        "q35, 1, ahci, e1000",
        "pc, 1, ide, tulip",
        "q35, 4, pvscsi, vmxnet3",
        "pc, 1, lsi, e1000",
        "q35, 1, scsi, virtio-net-pci",
        "pc, 4, blk, virtio-net-pci",
    })
    void whatItHasAnsweredToIsThereAgain(String machine, int cpus, String kind, String card)
            throws Exception {
        DiskController controller = DiskController.of(machine, kind);
        DiskImage disk =
                DiskImage.formatted(directory.resolve(kind), DISK_BYTES, "-L", controller.label());
        int port = freePort();
        List<String> command = command(machine, cpus, controller, disk, card, port);
        Random random = new Random(kind.hashCode());
        List<KvClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new KvClient(port, i));
        }
        for (int kill = 0; kill < KILLS; kill++) {
            try (Session guest = new Session(command)) {
                lookAtAll(guest, clients);
                CountDownLatch answers =
                        new CountDownLatch(LEAST_ANSWERS + random.nextInt(MORE_ANSWERS));
                List<Thread> threads = new ArrayList<>();
                for (KvClient client : clients) {
                    threads.add(
                            Thread.ofPlatform().start(() -> client.writeUntilItIsGone(answers)));
                }
                assertTrue(answers.await(MINUTES, TimeUnit.MINUTES), "answers are missing");
                guest.close();
                for (Thread thread : threads) {
                    thread.join();
                }
            }
        }
        try (Session guest = new Session(command)) {
            lookAtAll(guest, clients);
            try (QemuMonitor monitor = new QemuMonitor(monitor())) {
                monitor.run("system_powerdown");
                Outcome outcome = guest.awaitEnd();
                assertTrue(outcome.console().contains("Stopped"), outcome.console());
            }
        }
        disk.check();
    }

    private static void lookAtAll(Session guest, List<KvClient> clients) throws Exception {
        guest.await("Listening on port 8080");
        for (KvClient client : clients) {
            client.look();
        }
    }
}
