package dev.cortado.benchmarks;

import dev.cortado.system.TapNetwork;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A guest that serves pages, from its start until it is killed. */
final class ServerGuest implements AutoCloseable {
    static final int PORT = 8080;
    private static final String HARDWARE_ADDRESS = "52:54:00:00:77:02";

    /** The first of microvm's places for devices, with the registers of virtio 1. */
    private static final List<String> CARD =
            List.of(
                    "-machine",
                    "ioapic2=off",
                    "-global",
                    "virtio-mmio.force-legacy=false",
                    "-device",
                    "virtio-net-device,bus=virtio-mmio-bus.0,netdev=net,mac=" + HARDWARE_ADDRESS);

    private static final double KILOBYTES_PER_MEGABYTE = 1024;

    private final Process qemu;
    private final double firstResponse;

    private ServerGuest(Process qemu, double firstResponse) {
        this.qemu = qemu;
        this.firstResponse = firstResponse;
    }

    /** A network for guests, one after the other. */
    static TapNetwork network() {
        TapNetwork network = new TapNetwork("bench", 1500);
        network.tellHardwareAddress(HARDWARE_ADDRESS);
        return network;
    }

    /** Boots one, and waits until it has answered. */
    static ServerGuest start(Guest guest, TapNetwork network, int megabytes, String page)
            throws IOException, InterruptedException {
        List<String> asks =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirstResponse.class.getName(),
                        TapNetwork.GUEST,
                        Integer.toString(PORT),
                        page);
        Process asking =
                new ProcessBuilder(network.inside(asks))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Process qemu = null;
        try (BufferedReader said = asking.inputReader()) {
            if (!"ready".equals(said.readLine())) {
                throw new IOException("cannot ask " + guest.name());
            }
            List<String> command = new ArrayList<>(guest.command(megabytes));
            command.addAll(TapNetwork.netdev());
            command.addAll(CARD);
            long begin = System.nanoTime();
            qemu =
                    new ProcessBuilder(network.inside(command))
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String when = said.readLine();
            if (when == null) {
                throw new IOException(guest.name() + " does not answer");
            }
            return new ServerGuest(qemu, (Long.parseLong(when) - begin) / 1e6);
        } catch (IOException | RuntimeException e) {
            asking.destroyForcibly();
            if (qemu != null) {
                qemu.destroyForcibly().waitFor();
            }
            throw e;
        }
    }

    /** Milliseconds from QEMU's start to the first page. */
    double firstResponse() {
        return firstResponse;
    }

    static String url(String page) {
        return "http://" + TapNetwork.GUEST + ':' + PORT + page;
    }

    /** What QEMU has of the host's memory, in MB. */
    double residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + qemu.pid() + "/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElse(Double.NaN)
                / KILOBYTES_PER_MEGABYTE;
    }

    @Override
    public void close() throws InterruptedException {
        qemu.destroyForcibly().waitFor();
    }
}
