package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.file.EmptyFileSystem;
import dev.cortado.runtime.file.Errors;
import java.nio.charset.StandardCharsets;

/**
 * The natives behind {@code java.nio.file.Files}: see {@link EmptyFileSystem} for what there is. No
 * file can be opened, so that what takes a descriptor only ever gets a bad one.
 */
@TargetClass(className = "sun.nio.fs.UnixNativeDispatcher")
@SuppressWarnings("unused")
final class Target_sun_nio_fs_UnixNativeDispatcher {
    private Target_sun_nio_fs_UnixNativeDispatcher() {}

    /** None of the optional calls: without descriptors there is no use for them. */
    @Substitute
    private static int init() {
        return 0;
    }

    @Substitute
    static byte[] getcwd() {
        return EmptyFileSystem.ROOT.getBytes(StandardCharsets.US_ASCII);
    }

    @Substitute
    static int dup(int descriptor) throws Exception {
        throw UnixErrors.exception(Errors.BAD_DESCRIPTOR);
    }

    @Substitute
    private static int open0(long path, int flags, int mode) throws Exception {
        String name = UnixErrors.path(path);
        boolean toWrite = (flags & FileAttributes.OPEN_TO_WRITE) != 0;
        throw UnixErrors.exception(
                toWrite ? EmptyFileSystem.write(name) : EmptyFileSystem.read(name));
    }

    @Substitute
    private static void close0(int descriptor) {}

    @Substitute
    private static void link0(long existing, long path) throws Exception {
        throw UnixErrors.change(existing);
    }

    @Substitute
    private static void unlink0(long path) throws Exception {
        throw UnixErrors.change(path);
    }

    @Substitute
    private static void mknod0(long path, int mode, long device) throws Exception {
        throw UnixErrors.create(path);
    }

    @Substitute
    private static void rename0(long from, long to) throws Exception {
        throw UnixErrors.change(from);
    }

    @Substitute
    private static void mkdir0(long path, int mode) throws Exception {
        throw UnixErrors.create(path);
    }

    @Substitute
    private static void rmdir0(long path) throws Exception {
        throw UnixErrors.change(path);
    }

    @Substitute
    private static byte[] readlink0(long path) throws Exception {
        boolean exists = EmptyFileSystem.exists(UnixErrors.path(path));
        throw UnixErrors.exception(exists ? Errors.INVALID : Errors.NOT_FOUND);
    }

    @Substitute
    private static byte[] realpath0(long path) throws Exception {
        UnixErrors.check(EmptyFileSystem.find(UnixErrors.path(path)));
        return getcwd();
    }

    @Substitute
    private static void symlink0(long target, long path) throws Exception {
        throw UnixErrors.create(path);
    }

    @Substitute
    private static int stat0(long path, Target_sun_nio_fs_UnixFileAttributes attributes) {
        int error = EmptyFileSystem.find(UnixErrors.path(path));
        if (error == Errors.NONE) {
            attributes.st_mode = FileAttributes.DIRECTORY_MODE;
            attributes.st_ino = 1;
            attributes.st_nlink = 2;
        }
        return error;
    }

    @Substitute
    private static void lstat0(long path, Target_sun_nio_fs_UnixFileAttributes attributes)
            throws Exception {
        UnixErrors.check(stat0(path, attributes));
    }

    @Substitute
    private static void fstat0(int descriptor, Target_sun_nio_fs_UnixFileAttributes attributes)
            throws Exception {
        throw UnixErrors.exception(Errors.BAD_DESCRIPTOR);
    }

    @Substitute
    private static void chown0(long path, int user, int group) throws Exception {
        throw UnixErrors.change(path);
    }

    @Substitute
    private static void lchown0(long path, int user, int group) throws Exception {
        throw UnixErrors.change(path);
    }

    @Substitute
    private static void chmod0(long path, int mode) throws Exception {
        throw UnixErrors.change(path);
    }

    @Substitute
    private static boolean fchmodatNoFollowSupported0() {
        return false;
    }

    @Substitute
    private static void utimensat0(
            int directory, long path, long accessTime, long modificationTime, int flags)
            throws Exception {
        throw UnixErrors.change(path);
    }

    @Substitute
    private static long opendir0(long path) throws Exception {
        UnixErrors.check(EmptyFileSystem.find(UnixErrors.path(path)));
        return 1; // a stream of entries; they all have none
    }

    @Substitute
    static byte[] readdir0(long stream) {
        return null;
    }

    @Substitute
    static void closedir(long stream) {}

    @Substitute
    private static int access0(long path, int mode) {
        int error = EmptyFileSystem.find(UnixErrors.path(path));
        return error == Errors.NONE && (mode & FileAttributes.WRITE_OK) != 0
                ? Errors.READ_ONLY
                : error;
    }

    @Substitute
    static byte[] getpwuid(int user) {
        return UserNames.of(user);
    }

    @Substitute
    static byte[] getgrgid(int group) {
        return UserNames.of(group);
    }

    @Substitute
    private static int getpwnam0(long name) {
        return UserNames.find(name);
    }

    @Substitute
    private static int getgrnam0(long name) {
        return UserNames.find(name);
    }

    @Substitute
    private static void statvfs0(long path, Target_sun_nio_fs_UnixFileStoreAttributes attributes)
            throws Exception {
        UnixErrors.check(EmptyFileSystem.find(UnixErrors.path(path)));
        attributes.f_frsize = 1;
    }

    @Substitute
    static byte[] strerror(int error) {
        return Errors.message(error).getBytes(StandardCharsets.US_ASCII);
    }
}
