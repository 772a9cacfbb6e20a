package dev.cortado.image.run;

import dev.cortado.image.UserError;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.network.GuestNetwork;
import dev.cortado.image.network.PortForward;
import dev.cortado.image.share.Virtiofsd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts an image in QEMU so that it goes on when this process has ended. */
public final class DetachedQemu {
    /** More of QEMU's messages than this is not looked at. */
    private static final int MOST_MESSAGE_BYTES = 1 << 16;

    private static final long INPUT_PATIENCE_MILLIS = 2000;

    private final Map<String, String> environment;

    /**
     * @param environment with PATH, to look for QEMU
     */
    public DetachedQemu(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * A guest that has been started, and perhaps has ended.
     *
     * @param process QEMU's
     * @param forwards with the ports of the host that were chosen
     * @param input tells the guest that there is no input, once it takes some
     * @param servers of its folders
     */
    public record Started(
            Process process, List<PortForward> forwards, Thread input, Virtiofsd servers) {
        /** Waits until a guest that is ready knows that there is no input. */
        public void finishInput() throws InterruptedException {
            input.join(INPUT_PATIENCE_MILLIS);
        }

        /** They end when QEMU does; if that has ended already, perhaps without a word to them. */
        public void leaveServers() {
            if (process.isAlive()) {
                servers.leave();
            } else {
                servers.close();
            }
        }
    }

    /**
     * Starts it.
     *
     * @param console the file that the guest's output is appended to
     * @param messages the file that QEMU's own messages are appended to
     * @throws UserError if it cannot be started: what is wrong, and what to do
     */
    public Started start(RunRequest request, RunFiles files, Path console, Path messages) {
        ImageFile image = QemuRunner.check(request);
        Qemu qemu = Qemu.find(environment.getOrDefault("PATH", ""));
        GuestNetwork network = GuestNetwork.of(request.network(), image, request.cpus());
        Accelerator accelerator = request.accelerator().orElseGet(() -> probe(qemu).choose());
        try {
            Virtiofsd servers = QemuRunner.startServers(environment, request, files);
            boolean isStarted = false;
            try {
                Process process =
                        new ProcessBuilder(
                                        QemuRunner.inOwnSession(
                                                environment,
                                                qemu.command(
                                                        request,
                                                        image,
                                                        network,
                                                        accelerator,
                                                        files,
                                                        false)))
                                .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
                                .redirectError(ProcessBuilder.Redirect.appendTo(messages.toFile()))
                                .start();
                isStarted = true;
                return started(process, network, files, servers);
            } finally {
                if (!isStarted) {
                    servers.close();
                }
            }
        } catch (IOException e) {
            throw new UserError("cannot run %s: %s".formatted(qemu.executable(), e), e);
        }
    }

    private static Started started(
            Process process, GuestNetwork network, RunFiles files, Virtiofsd servers) {
        SharedInput nothing = new SharedInput(InputStream.nullInputStream());
        Thread input =
                new GuestInput(
                                nothing,
                                process.getOutputStream(),
                                () -> GuestStatus.isReady(files.status()))
                        .start();
        return new Started(process, network.forwards(), input, servers);
    }

    /** A guest died that was started with what seemed to work: it may not be the guest's fault. */
    public void doubtAccelerator(RunRequest request) {
        if (request.accelerator().isEmpty()) {
            probe(Qemu.find(environment.getOrDefault("PATH", ""))).forget();
        }
    }

    private KvmProbe probe(Qemu qemu) {
        return new KvmProbe(qemu, KvmProbe.defaultCache(environment));
    }

    /** The last lines of a file of QEMU's messages, in one line; empty if it has said nothing. */
    public static String messages(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(MOST_MESSAGE_BYTES);
            return QemuMessages.lastLines(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            return "";
        }
    }
}
