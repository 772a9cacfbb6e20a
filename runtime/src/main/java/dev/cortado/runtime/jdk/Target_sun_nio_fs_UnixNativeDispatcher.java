package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Errno;
import java.nio.charset.StandardCharsets;

/**
 * The natives behind {@code java.nio.file.Files}: each is the system call of its name. An open
 * directory's number stands for its {@code DIR}.
 */
@TargetClass(className = "sun.nio.fs.UnixNativeDispatcher")
@SuppressWarnings("unused")
final class Target_sun_nio_fs_UnixNativeDispatcher {
    private Target_sun_nio_fs_UnixNativeDispatcher() {}

    /** SUPPORTS_OPENAT, SUPPORTS_XATTR and SUPPORTS_BIRTHTIME of this class. */
    @Substitute
    private static int init() {
        return 1 << 1 | 1 << 3 | 1 << 16;
    }

    @Substitute
    static byte[] getcwd() {
        return new byte[] {'/'};
    }

    @Substitute
    static int dup(int number) throws Exception {
        return UnixCalls.duplicate(number);
    }

    @Substitute
    private static int open0(long path, int flags, int mode) throws Exception {
        return UnixCalls.open(UnixCalls.WORKING_DIRECTORY, path, flags, mode);
    }

    @Substitute
    private static int openat0(int base, long path, int flags, int mode) throws Exception {
        return UnixCalls.open(base, path, flags, mode);
    }

    @Substitute
    private static void close0(int number) {
        OpenFiles.close(number);
    }

    @Substitute
    private static int read0(int number, long address, int length) throws Exception {
        return UnixCalls.read(number, address, length);
    }

    @Substitute
    private static int write0(int number, long address, int length) throws Exception {
        return UnixCalls.write(number, address, length);
    }

    @Substitute
    private static void link0(long existing, long path) throws Exception {
        UnixNames.link(existing, path);
    }

    @Substitute
    private static void unlink0(long path) throws Exception {
        UnixNames.unlink(UnixCalls.WORKING_DIRECTORY, path, 0);
    }

    @Substitute
    private static void unlinkat0(int base, long path, int flag) throws Exception {
        UnixNames.unlink(base, path, flag);
    }

    /** Devices and named pipes cannot be made. */
    @Substitute
    private static void mknod0(long path, int mode, long device) throws Exception {
        throw FileErrors.unix(Errno.EPERM);
    }

    @Substitute
    private static void rename0(long from, long to) throws Exception {
        UnixNames.rename(UnixCalls.WORKING_DIRECTORY, from, UnixCalls.WORKING_DIRECTORY, to);
    }

    @Substitute
    private static void renameat0(int fromBase, long from, int toBase, long to) throws Exception {
        UnixNames.rename(fromBase, from, toBase, to);
    }

    @Substitute
    private static void mkdir0(long path, int mode) throws Exception {
        UnixNames.makeDirectory(path, mode);
    }

    @Substitute
    private static void rmdir0(long path) throws Exception {
        UnixNames.removeDirectory(path);
    }

    @Substitute
    private static byte[] readlink0(long path) throws Exception {
        return UnixNames.readLink(path);
    }

    @Substitute
    private static byte[] realpath0(long path) throws Exception {
        return UnixNames.realPath(path);
    }

    @Substitute
    private static void symlink0(long target, long path) throws Exception {
        UnixNames.makeSymbolicLink(target, path);
    }

    @Substitute
    private static int stat0(long path, Target_sun_nio_fs_UnixFileAttributes attributes) {
        return UnixStructures.status(path, attributes);
    }

    @Substitute
    private static void lstat0(long path, Target_sun_nio_fs_UnixFileAttributes attributes)
            throws Exception {
        UnixStructures.fill(
                attributes, UnixCalls.attributes(UnixCalls.WORKING_DIRECTORY, path, false));
    }

    @Substitute
    private static void fstat0(int number, Target_sun_nio_fs_UnixFileAttributes attributes)
            throws Exception {
        UnixStructures.fill(attributes, UnixCalls.attributes(number));
    }

    @Substitute
    private static void fstatat0(
            int base, long path, int flag, Target_sun_nio_fs_UnixFileAttributes attributes)
            throws Exception {
        UnixStructures.fill(attributes, UnixCalls.attributes(base, path, UnixCalls.follows(flag)));
    }

    @Substitute
    private static void chown0(long path, int user, int group) throws Exception {
        UnixCalls.change(path, true, AttributeChange.ofOwner(user, group));
    }

    @Substitute
    private static void lchown0(long path, int user, int group) throws Exception {
        UnixCalls.change(path, false, AttributeChange.ofOwner(user, group));
    }

    @Substitute
    static void fchown0(int number, int user, int group) throws Exception {
        UnixCalls.change(number, AttributeChange.ofOwner(user, group));
    }

    @Substitute
    private static void chmod0(long path, int mode) throws Exception {
        UnixCalls.change(path, true, AttributeChange.ofPermissions(mode));
    }

    @Substitute
    private static void fchmod0(int number, int mode) throws Exception {
        UnixCalls.change(number, AttributeChange.ofPermissions(mode));
    }

    @Substitute
    private static void fchmodat0(int base, long path, int mode, int flag) throws Exception {
        UnixCalls.changeAt(base, path, flag, AttributeChange.ofPermissions(mode));
    }

    @Substitute
    private static boolean fchmodatNoFollowSupported0() {
        return false;
    }

    @Substitute
    private static void futimens0(int number, long accessed, long modified) throws Exception {
        UnixCalls.change(number, UnixCalls.times(accessed, modified));
    }

    @Substitute
    private static void utimensat0(int base, long path, long accessed, long modified, int flags)
            throws Exception {
        UnixCalls.changeAt(base, path, flags, UnixCalls.times(accessed, modified));
    }

    @Substitute
    private static long opendir0(long path) throws Exception {
        return UnixCalls.openDirectory(path);
    }

    @Substitute
    static long fdopendir(int number) throws Exception {
        return UnixCalls.requireDirectory(number);
    }

    @Substitute
    static byte[] readdir0(long number) throws Exception {
        return UnixCalls.nextName((int) number);
    }

    @Substitute
    static void closedir(long number) {
        OpenFiles.close((int) number);
    }

    @Substitute
    private static int access0(long path, int mode) {
        return UnixCalls.access(path, mode);
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
        UnixStructures.fill(attributes, UnixCalls.statistics(path));
    }

    @Substitute
    static byte[] strerror(int error) {
        return Errno.message(error).getBytes(StandardCharsets.US_ASCII);
    }

    @Substitute
    private static int fgetxattr0(int number, long name, long address, int length)
            throws Exception {
        return ExtendedAttributes.get(number, PathBytes.at(name), address, length);
    }

    @Substitute
    private static void fsetxattr0(int number, long name, long address, int length)
            throws Exception {
        byte[] value = NativeBytes.read(address, length);
        ExtendedAttributes.set(number, PathBytes.at(name), value);
    }

    @Substitute
    private static void fremovexattr0(int number, long name) throws Exception {
        ExtendedAttributes.set(number, PathBytes.at(name), null);
    }

    @Substitute
    static int flistxattr(int number, long address, int length) throws Exception {
        return ExtendedAttributes.list(number, address, length);
    }

    /** Of the table of mounts, which has no text whose longest line could be looked for. */
    @Substitute
    static int getlinelen(long stream) {
        return -1;
    }

    @Substitute
    static void rewind(long stream) {}
}
