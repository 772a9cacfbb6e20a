package dev.cortado.image.format.tar;

import dev.cortado.image.format.bytes.ByteSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes an archive front to back. The same files give the same bytes. */
public final class TarWriter {
    private static final int PIECE_BYTES = 1 << 16;
    private static final int FILE_MODE = 0644;
    private static final int DIRECTORY_MODE = 0755;

    private final OutputStream out;

    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /** Adds a directory; its name has no slash at its end. */
    public void directory(String name, int owner) throws IOException {
        out.write(TarHeader.of(name + "/", TarHeader.DIRECTORY, DIRECTORY_MODE, owner, 0));
    }

    /**
     * Adds a file.
     *
     * @param name up to 100 bytes
     */
    public void file(String name, int owner, byte[] contents) throws IOException {
        out.write(TarHeader.of(name, TarHeader.FILE, FILE_MODE, owner, contents.length));
        out.write(contents);
        pad(contents.length);
    }

    /** Adds a file of any length up to 8 GiB. */
    public void file(String name, int owner, ByteSource contents) throws IOException {
        out.write(TarHeader.of(name, TarHeader.FILE, FILE_MODE, owner, contents.size()));
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        for (long at = 0; at < contents.size(); at += piece.limit()) {
            piece.clear().limit((int) Math.min(PIECE_BYTES, contents.size() - at));
            contents.read(at, piece);
            out.write(piece.array(), 0, piece.limit());
        }
        pad(contents.size());
    }

    /** Writes the end. */
    public void finish() throws IOException {
        out.write(new byte[2 * TarHeader.BLOCK_BYTES]);
        out.flush();
    }

    private void pad(long size) throws IOException {
        out.write(new byte[Math.floorMod(-size, TarHeader.BLOCK_BYTES)]);
    }
}
