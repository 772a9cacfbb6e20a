package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The natives behind {@link File}. */
@TargetClass(className = "java.io.UnixFileSystem")
@SuppressWarnings("unused")
final class Target_java_io_UnixFileSystem {
    @Substitute
    private static void initIDs() {}

    @Substitute
    private String canonicalize0(String path) throws IOException {
        try {
            return Canonical.path(GuestFiles.get().tree(), path);
        } catch (FileException e) {
            throw FileErrors.inputOutput(e);
        }
    }

    @Substitute
    private int getBooleanAttributes0(File file) {
        GuestFiles files = GuestFiles.toSearch();
        if (files == null) {
            return FilesBefore.isDirectory(file.getPath()) ? FileQueries.EXISTING_DIRECTORY : 0;
        }
        return files.queries().kind(file);
    }

    @Substitute
    private boolean checkAccess0(File file, int access) {
        return GuestFiles.get().queries().access(file, access);
    }

    @Substitute
    private long getLastModifiedTime0(File file) {
        Attributes found = GuestFiles.get().queries().attributes(file);
        return found == null ? 0 : TimeUnit.NANOSECONDS.toMillis(found.modified());
    }

    @Substitute
    private long getLength0(File file) {
        Attributes found = GuestFiles.get().queries().attributes(file);
        return found == null ? 0 : found.size();
    }

    @Substitute
    private boolean setPermission0(File file, int access, boolean enable, boolean ownerOnly) {
        return GuestFiles.get()
                .queries()
                .setPermissions(file, FileQueries.permissions(access, ownerOnly), enable);
    }

    @Substitute
    private boolean setReadOnly0(File file) {
        return GuestFiles.get().queries().setPermissions(file, FileQueries.ANY_WRITE, false);
    }

    @Substitute
    private boolean setLastModifiedTime0(File file, long time) {
        return GuestFiles.get().queries().setModified(file, time);
    }

    @Substitute
    private boolean createFileExclusively0(String path) throws IOException {
        return GuestFiles.get().queries().create(path);
    }

    @Substitute
    private boolean createDirectory0(File file) {
        return GuestFiles.get().queries().makeDirectory(file);
    }

    @Substitute
    private boolean delete0(File file) {
        return GuestFiles.get().queries().delete(file);
    }

    @Substitute
    private boolean rename0(File from, File to) {
        return GuestFiles.get().queries().rename(from, to);
    }

    @Substitute
    private String[] list0(File file) {
        GuestFiles files = GuestFiles.toSearch();
        return files == null ? FilesBefore.list(file.getPath()) : files.queries().list(file);
    }

    @Substitute
    private long getSpace0(File file, int kind) {
        return GuestFiles.get().queries().space(file, kind);
    }

    @Substitute
    private long getNameMax0(String path) {
        return FileName.MAXIMUM_BYTES;
    }
}
