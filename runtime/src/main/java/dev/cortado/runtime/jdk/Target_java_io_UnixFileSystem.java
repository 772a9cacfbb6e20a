package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.file.EmptyFileSystem;
import dev.cortado.runtime.file.Errors;
import java.io.File;
import java.io.IOException;

/** The natives behind {@link File}: see {@link EmptyFileSystem} for what there is. */
@TargetClass(className = "java.io.UnixFileSystem")
@SuppressWarnings("unused")
final class Target_java_io_UnixFileSystem {
    @Substitute
    private static void initIDs() {}

    @Substitute
    private String canonicalize0(String path) {
        return EmptyFileSystem.normalize(path);
    }

    @Substitute
    private int getBooleanAttributes0(File file) {
        return EmptyFileSystem.exists(file.getPath()) ? FileAttributes.EXISTING_DIRECTORY : 0;
    }

    @Substitute
    private boolean checkAccess0(File file, int access) {
        return EmptyFileSystem.exists(file.getPath())
                && (access & FileAttributes.ACCESS_WRITE) == 0;
    }

    @Substitute
    private long getLastModifiedTime0(File file) {
        return 0;
    }

    @Substitute
    private long getLength0(File file) {
        return 0;
    }

    @Substitute
    private boolean setPermission0(File file, int access, boolean enable, boolean ownerOnly) {
        return false;
    }

    @Substitute
    private boolean createFileExclusively0(String path) throws IOException {
        int error = EmptyFileSystem.create(path);
        if (error == Errors.EXISTS) {
            return false;
        }
        throw new IOException(Errors.message(error));
    }

    @Substitute
    private boolean delete0(File file) {
        return false;
    }

    @Substitute
    private String[] list0(File file) {
        return EmptyFileSystem.exists(file.getPath()) ? new String[0] : null;
    }

    @Substitute
    private boolean createDirectory0(File file) {
        return false;
    }

    @Substitute
    private boolean rename0(File from, File to) {
        return false;
    }

    @Substitute
    private boolean setLastModifiedTime0(File file, long time) {
        return false;
    }

    @Substitute
    private boolean setReadOnly0(File file) {
        return false;
    }

    @Substitute
    private long getSpace0(File file, int kind) {
        return 0;
    }

    @Substitute
    private long getNameMax0(String path) {
        return FileAttributes.MAX_NAME;
    }
}
