package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystemStatistics;
import java.util.concurrent.TimeUnit;

/** Fills the JDK's copies of C structures. */
final class UnixStructures {
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private UnixStructures() {}

    /** Fills in what {@code stat} tells of a path; returns the error's number, 0 for none. */
    static int status(long path, Target_sun_nio_fs_UnixFileAttributes to) {
        try {
            fill(to, GuestFiles.get().tree().attributes(null, PathBytes.at(path), true));
            return 0;
        } catch (FileException e) {
            return e.errno().number();
        }
    }

    /** As {@code struct stat}. */
    static void fill(Target_sun_nio_fs_UnixFileAttributes to, Attributes from) {
        to.st_mode = from.mode();
        to.st_ino = from.inode();
        to.st_dev = from.device();
        to.st_rdev = from.represented();
        to.st_nlink = from.links();
        to.st_uid = from.owner();
        to.st_gid = from.group();
        to.st_size = from.size();
        to.st_atime_sec = seconds(from.accessed());
        to.st_atime_nsec = nanos(from.accessed());
        to.st_mtime_sec = seconds(from.modified());
        to.st_mtime_nsec = nanos(from.modified());
        to.st_ctime_sec = seconds(from.changed());
        to.st_ctime_nsec = nanos(from.changed());
        to.st_birthtime_sec = seconds(from.created());
        to.st_birthtime_nsec = nanos(from.created());
        to.birthtime_available = true;
    }

    private static long seconds(long time) {
        return Math.floorDiv(time, NANOS_PER_SECOND);
    }

    private static long nanos(long time) {
        return Math.floorMod(time, NANOS_PER_SECOND);
    }

    /** As {@code struct statvfs}. */
    static void fill(Target_sun_nio_fs_UnixFileStoreAttributes to, FileSystemStatistics from) {
        to.f_frsize = from.blockBytes();
        to.f_blocks = from.blocks();
        to.f_bfree = from.freeBlocks();
        to.f_bavail = from.freeBlocks();
    }
}
