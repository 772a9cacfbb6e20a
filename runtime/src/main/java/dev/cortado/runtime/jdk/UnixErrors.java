package dev.cortado.runtime.jdk;

import com.oracle.svm.core.SubstrateUtil;
import dev.cortado.runtime.file.EmptyFileSystem;
import dev.cortado.runtime.file.Errors;

/** Turns {@link Errors} into the exceptions that {@code java.nio.file} expects of its natives. */
final class UnixErrors {
    private UnixErrors() {}

    static Exception exception(int error) {
        return SubstrateUtil.cast(new Target_sun_nio_fs_UnixException(error), Exception.class);
    }

    static void check(int error) throws Exception {
        if (error != Errors.NONE) {
            throw exception(error);
        }
    }

    /** The path at an address. */
    static String path(long address) {
        return new String(NativeBytes.readString(address));
    }

    /** Refuses a change of what is there. */
    static Exception change(long pathAddress) {
        return exception(EmptyFileSystem.change(path(pathAddress)));
    }

    /** Refuses to make something new. */
    static Exception create(long pathAddress) {
        return exception(EmptyFileSystem.create(path(pathAddress)));
    }
}
