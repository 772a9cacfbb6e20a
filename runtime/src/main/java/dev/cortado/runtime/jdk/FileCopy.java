package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import jdk.internal.misc.Unsafe;

/** Copies from one open file to another. */
final class FileCopy {
    /** Instead of a position: where the file's is, which moves on. */
    static final long AT_POSITION = FileTransfer.AT_POSITION;

    private static final int BUFFER_BYTES = 1 << 16;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private FileCopy() {}

    /**
     * Copies what one file has from its position on to where the other's is.
     *
     * @param cancelled address of an int that is not zero once the copy is to end, with ECANCELED;
     *     0 if nobody will want that
     */
    static void copy(int to, int from, long cancelled) throws Exception {
        FileErrors.unix(() -> {
            OpenFile source = OpenFiles.file(from);
            OpenFile target = OpenFiles.file(to);
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            while (FileTransfer.copyPart(source, target, buffer) > 0) {
                if (cancelled != 0 && UNSAFE.getInt(cancelled) != 0) {
                    throw new FileException(Errno.ECANCELED);
                }
            }
        });
    }

    /** As {@link FileTransfer#run}, between the files of two channels. */
    static long transfer(
            FileDescriptor from, long position, FileDescriptor to, long targetPosition, long count)
            throws IOException {
        return ChannelCalls.transfer(
                from,
                source -> {
                    OpenFile target = OpenFiles.file(OpenFiles.number(to));
                    return FileTransfer.run(source, position, target, targetPosition, count);
                });
    }
}
