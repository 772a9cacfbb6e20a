package dev.cortado.image.share;

import dev.cortado.image.ExitHook;
import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * The servers of folders that a guest has by virtiofs: one a folder, each with a socket that QEMU
 * connects to (virtiofsd(1)). They end by themselves when QEMU does.
 */
public final class Virtiofsd implements AutoCloseable {
    /** Where distributions put it, which is not on PATH (Debian 12 and 13, Fedora, Arch). */
    private static final List<String> PLACES =
            List.of(
                    "/usr/lib/qemu/virtiofsd",
                    "/usr/libexec/virtiofsd",
                    "/usr/lib/virtiofsd",
                    "/usr/local/libexec/virtiofsd");

    private static final String MISSING =
            "--share %s: there is no virtiofsd; install it (Debian 12: apt install"
                    + " qemu-system-common; later ones and Fedora: virtiofsd), or leave ,virtiofs"
                    + " out";

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final int PAUSE_MILLISECONDS = 5;

    /** Sockets of the host, one a line, and which words of it are what (proc(5)). */
    private static final Path SOCKETS = Path.of("/proc/net/unix");

    private static final int FLAGS = 3;
    private static final int PATH = 7;

    /** Of flags: somebody listens. */
    private static final String LISTENS = "00010000";

    private static final String LOG = ".log";

    /** What the one in Rust writes beside its socket, and leaves there. */
    private static final String PROCESS = ".pid";

    private static final int MOST_SHOWN = 2000;

    private final List<Process> servers = new CopyOnWriteArrayList<>();
    private final List<Path> files = new CopyOnWriteArrayList<>();
    private boolean isEnded;

    /** For when this process is ended before QEMU has connected to them. */
    private final ExitHook killer = new ExitHook("virtiofsd-killer", this::end);

    private final UnaryOperator<List<String>> apart;

    private Virtiofsd(UnaryOperator<List<String>> apart) {
        this.apart = apart;
    }

    /**
     * Starts a server for each folder that needs one.
     *
     * @param directory for their sockets
     * @param apart makes of a command one that signals of this process's terminal do not reach
     * @throws UserError if there is no such program, or it does not want to
     */
    public static Virtiofsd start(
            ShareRequest request, Path directory, UnaryOperator<List<String>> apart)
            throws IOException {
        Virtiofsd started = new Virtiofsd(apart);
        boolean isDone = false;
        try {
            for (int i = 0; i < request.folders().size(); i++) {
                SharedFolder folder = request.folders().get(i);
                if (folder.kind() == ShareKind.VIRTIOFS) {
                    started.start(folder.folder(), socket(directory, i));
                }
            }
            isDone = true;
            return started;
        } finally {
            if (!isDone) {
                started.close();
            }
        }
    }

    /** Where the server of a folder listens. */
    static Path socket(Path directory, int index) {
        return directory.resolve(ShareRequest.tag(index));
    }

    private void start(Path folder, Path socket) throws IOException {
        Path program = find().orElseThrow(() -> new UserError(MISSING.formatted(folder)));
        Path log = socket.resolveSibling(socket.getFileName() + LOG);
        files.add(socket);
        files.add(log);
        files.add(socket.resolveSibling(socket.getFileName() + PROCESS));
        Process server =
                begin(
                        new ProcessBuilder(apart.apply(command(program, folder, socket)))
                                .redirectErrorStream(true)
                                .redirectOutput(log.toFile()));
        server.getOutputStream().close();
        if (!awaitSocket(server, socket)) {
            throw new UserError(
                    "--share %s: %s does not start: %s".formatted(folder, program, lastWords(log)));
        }
    }

    /** Under the lock: whoever ends this program waits until there is something to end. */
    private synchronized Process begin(ProcessBuilder server) throws IOException {
        if (isEnded) {
            throw new IllegalStateException("this program is being ended");
        }
        Process started = server.start();
        servers.add(started);
        return started;
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private static Optional<Path> find() {
        return PLACES.stream().map(Path::of).filter(Virtiofsd::isProgram).findFirst();
    }

    /**
     * The options are those that the program has had from its beginning, in C, and that its
     * successor in Rust understands as well. It says where other file systems begin in the folder,
     * whose files have numbers of their own.
     *
     * @throws UserError if there is no way to write the folder
     */
    static List<String> command(Path program, Path folder, Path socket) {
        String path = folder.toString();
        if (path.indexOf(',') >= 0 || path.indexOf('\\') >= 0) {
            throw new UserError(
                    "--share %s: virtiofsd takes no folder with a comma or a backslash in its path"
                            .formatted(folder));
        }
        return List.of(
                program.toString(),
                "-f",
                "--socket-path=" + socket,
                "-o",
                "source=" + path,
                "-o",
                "xattr",
                "-o",
                "announce_submounts",
                "-o",
                "cache=none");
    }

    /** A socket is there before anybody listens, and who connects then is refused. */
    private static boolean awaitSocket(Process server, Path socket) throws IOException {
        long end = System.nanoTime() + PATIENCE;
        while (!isListening(Files.readAllBytes(SOCKETS), socket)) {
            try {
                if (System.nanoTime() - end > 0
                        || server.waitFor(PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        return true;
    }

    /**
     * @param sockets as in {@link #SOCKETS}; names of other programs' may be any bytes
     */
    static boolean isListening(byte[] sockets, Path socket) {
        return new String(sockets, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split(" +", PATH + 1))
                .filter(words -> words.length > PATH && words[PATH].equals(socket.toString()))
                .anyMatch(words -> words[FLAGS].equals(LISTENS));
    }

    private static String lastWords(Path log) {
        try {
            String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            text = text.strip().replace('\n', ';');
            return text.substring(Math.max(0, text.length() - MOST_SHOWN));
        } catch (IOException e) {
            return "no word of why";
        }
    }

    /** Ends them, if they have not ended yet. */
    @Override
    public void close() {
        end();
        leave();
    }

    /** They are QEMU's, which has connected to them, and end when it does. */
    public void leave() {
        killer.close();
    }

    private synchronized void end() {
        isEnded = true;
        servers.forEach(Process::destroy);
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // It is in a directory for temporary files.
                continue;
            }
        }
    }
}
