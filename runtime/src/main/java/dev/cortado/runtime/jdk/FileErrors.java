package dev.cortado.runtime.jdk;

import com.oracle.svm.core.SubstrateUtil;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.io.FileNotFoundException;
import java.io.IOException;

/**
 * Turns a {@link FileException} into what the JDK's C throws in its place: {@code UnixException}
 * with the number in {@code sun.nio.fs}, {@link FileNotFoundException} where {@code java.io} opens
 * a file, else {@link IOException} with the C library's message.
 */
final class FileErrors {
    /** For {@link #unix}: a call on files without a result. */
    @FunctionalInterface
    interface Call {
        void run() throws FileException;
    }

    /** For {@link #unix}: a call on files. */
    @FunctionalInterface
    interface Query<T> {
        T get() throws FileException;
    }

    private FileErrors() {}

    static void unix(Call call) throws Exception {
        try {
            call.run();
        } catch (FileException e) {
            throw unix(e.errno());
        }
    }

    static <T> T unixResult(Query<T> query) throws Exception {
        try {
            return query.get();
        } catch (FileException e) {
            throw unix(e.errno());
        }
    }

    static Exception unix(Errno errno) {
        return SubstrateUtil.cast(
                new Target_sun_nio_fs_UnixException(errno.number()), Exception.class);
    }

    /** The error's number, 0 for none. */
    static int number(Call call) {
        try {
            call.run();
            return 0;
        } catch (FileException e) {
            return e.errno().number();
        }
    }

    /** Whether it worked, for calls whose callers do not ask why not. */
    static boolean succeeds(Call call) {
        return number(call) == 0;
    }

    static IOException inputOutput(FileException error) {
        return new IOException(error.errno().message());
    }

    static FileNotFoundException notOpened(String path, FileException error) {
        return new FileNotFoundException(path + " (" + error.errno().message() + ")");
    }
}
