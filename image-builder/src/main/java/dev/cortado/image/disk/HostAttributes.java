package dev.cortado.image.disk;

import dev.cortado.runtime.file.AttributeChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a file of the host says of itself; a link is not followed.
 *
 * @param permissions the lower twelve bits of its mode
 * @param accessed nanoseconds since 1970
 * @param modified nanoseconds since 1970
 */
record HostAttributes(int permissions, int owner, int group, long accessed, long modified) {
    static HostAttributes of(Path file) throws IOException {
        Map<String, Object> all =
                Files.readAttributes(
                        file,
                        "unix:mode,uid,gid,lastAccessTime,lastModifiedTime",
                        LinkOption.NOFOLLOW_LINKS);
        return new HostAttributes(
                (Integer) all.get("mode") & AttributeChange.ALL_PERMISSIONS,
                (Integer) all.get("uid"),
                (Integer) all.get("gid"),
                nanos(all.get("lastAccessTime")),
                nanos(all.get("lastModifiedTime")));
    }

    private static long nanos(Object time) {
        return ((FileTime) time).to(TimeUnit.NANOSECONDS);
    }

    /** What tells a file that has several names from all others; null if it has one only. */
    static Object linked(Path file) throws IOException {
        Map<String, Object> all =
                Files.readAttributes(file, "unix:dev,ino,nlink", LinkOption.NOFOLLOW_LINKS);
        return (Integer) all.get("nlink") > 1 ? List.of(all.get("dev"), all.get("ino")) : null;
    }
}
