package dev.cortado.runtime.file.ninep;

import com.sun.security.auth.module.UnixSystem;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server of 9P2000.L that others have written: diod, of Debian's package of that name. */
final class Diod implements AutoCloseable {
    private static final Path COMMAND = Path.of("/usr/sbin/diod");
    private static final int ATTACH = 104;
    private static final int HEADER = 7;

    private final Path folder;
    private final Process process;
    private final OutputStream requests;
    private final DataInputStream replies;

    Diod(Path folder) throws IOException {
        this.folder = folder;
        process =
                new ProcessBuilder(
                                COMMAND.toString(),
                                "-f",
                                "-n",
                                "-r",
                                "0",
                                "-w",
                                "1",
                                "-N",
                                "-e",
                                folder.toString(),
                                "-c",
                                "/dev/null",
                                "-L",
                                "stderr")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        requests = process.getOutputStream();
        replies = new DataInputStream(process.getInputStream());
    }

    static boolean isThere() {
        return Files.isExecutable(COMMAND);
    }

    /** Answers a whole message with a whole message. */
    synchronized byte[] answer(byte[] request) {
        try {
            requests.write(request[4] == ATTACH ? attach(request) : request);
            requests.flush();
            byte[] size = replies.readNBytes(Integer.BYTES);
            int bytes = ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).getInt();
            byte[] reply = new byte[bytes];
            System.arraycopy(size, 0, reply, 0, size.length);
            replies.readFully(reply, size.length, bytes - size.length);
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This one wants to know which folder, and who asks. */
    private byte[] attach(byte[] request) {
        byte[] name = folder.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(request.length + name.length);
        bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.capacity());
        bytes.put(request, Integer.BYTES, HEADER - Integer.BYTES + 2 * Integer.BYTES);
        bytes.putShort((short) 0).putShort((short) name.length).put(name);
        bytes.putInt((int) new UnixSystem().getUid());
        return bytes.array();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
