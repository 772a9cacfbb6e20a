package dev.cortado.system.guest.files;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Times that are set, and what they are afterwards. */
final class TimeCases {
    static final List<FileTime> TIMES =
            List.of(
                    FileTime.fromMillis(0),
                    FileTime.from(1, TimeUnit.NANOSECONDS),
                    FileTime.from(-1, TimeUnit.NANOSECONDS),
                    FileTime.from(999_999_999, TimeUnit.NANOSECONDS),
                    FileTime.from(-999_999_999, TimeUnit.NANOSECONDS),
                    FileTime.from(Instant.parse("2001-09-09T01:46:40.123456789Z")),
                    FileTime.from(Instant.parse("1969-12-31T23:59:58.5Z")),
                    FileTime.from(Instant.parse("1901-12-13T20:45:52Z")),
                    FileTime.from(Instant.parse("1901-12-13T20:45:51.999999999Z")),
                    FileTime.from(Instant.parse("2038-01-19T03:14:07.999999999Z")),
                    FileTime.from(Instant.parse("2038-01-19T03:14:08Z")),
                    FileTime.from(Instant.parse("2242-01-01T00:00:00.000000001Z")));

    private final Path file;
    private final Path link;

    /**
     * @param link to anything
     */
    TimeCases(Path file, Path link) {
        this.file = file;
        this.link = link;
    }

    List<Operation<FileTime>> all() {
        return List.of(
                Operation.of(
                        "setLastModifiedTime",
                        time -> Files.getLastModifiedTime(Files.setLastModifiedTime(file, time))),
                Operation.of(
                        "setLastModified",
                        time -> {
                            long milliseconds = time.toMillis();
                            boolean is = new File(file.toString()).setLastModified(milliseconds);
                            return is + " " + Files.getLastModifiedTime(file);
                        }),
                Operation.of(
                        "both",
                        time -> {
                            Files.getFileAttributeView(file, BasicFileAttributeView.class)
                                    .setTimes(time, time, null);
                            BasicFileAttributes attributes =
                                    Files.readAttributes(file, BasicFileAttributes.class);
                            return attributes.lastModifiedTime()
                                    + " "
                                    + attributes.lastAccessTime();
                        }),
                Operation.of(
                        "accessed",
                        time -> {
                            FileTime before = Files.getLastModifiedTime(file);
                            Files.setAttribute(file, "lastAccessTime", time);
                            return Files.getAttribute(file, "lastAccessTime")
                                    + " "
                                    + before.equals(Files.getLastModifiedTime(file));
                        }),
                Operation.of(
                        "of a link",
                        time -> {
                            LinkOption noFollow = LinkOption.NOFOLLOW_LINKS;
                            Files.getFileAttributeView(link, BasicFileAttributeView.class, noFollow)
                                    .setTimes(time, time, null);
                            return Files.getLastModifiedTime(link, noFollow);
                        }));
    }
}
