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
        network.tellHardwareAddress(NetworkCard.HARDWARE_ADDRESS);
        return network;
    }

    /** Starts one of this module's programs on this machine's JVM; for a network's namespace. */
    static List<String> program(Class<?> mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts QEMU. */
    static Process boot(Guest guest, NetworkCard card, TapNetwork network, int megabytes)
            throws IOException {
        List<String> command = new ArrayList<>(guest.command(megabytes));
        command.addAll(card.command());
        return new ProcessBuilder(network.inside(command))
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Boots one, and waits until it has answered. */
    static ServerGuest start(
            Guest guest, NetworkCard card, TapNetwork network, int megabytes, String page)
            throws IOException, InterruptedException {
        List<String> asks =
                program(FirstResponse.class, TapNetwork.GUEST, Integer.toString(PORT), page);
        Process asking =
                new ProcessBuilder(network.inside(asks))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Process qemu = null;
        try (BufferedReader said = asking.inputReader()) {
            if (!"ready".equals(said.readLine())) {
                throw new IOException("cannot ask " + guest.name());
            }
            long begin = System.nanoTime();
            qemu = boot(guest, card, network, megabytes);
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
        return residentMegabytes(qemu);
    }

    /** The same of any process. */
    static double residentMegabytes(Process qemu) throws IOException {
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
