package dev.cortado.system.guest.files;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is done to one path. */
final class PathCases {
    private static final Set<PosixFilePermission> SOME =
            PosixFilePermissions.fromString("rwx-w---x");
    private static final FileTime TIME = FileTime.fromMillis(1_000_000_000_123L);
    private static final LinkOption NO_FOLLOW = LinkOption.NOFOLLOW_LINKS;

    private PathCases() {}

    private static void add(
            List<Operation<String>> all, String name, Operation.Action<String> action) {
        all.add(Operation.of(name, action));
    }

    private static void ask(
            List<Operation<String>> all, String name, Operation.Action<String> action) {
        all.add(Operation.question(name, action));
    }

    /** The result of what has none. */
    private static Object done() {
        return "done";
    }

    /**
     * @param file that links are made to
     */
    static List<Operation<String>> all(Path file) {
        List<Operation<String>> all = new ArrayList<>();
        addQuestions(all, file);
        addNames(all, file);
        addAttributes(all);
        addContents(all);
        addFiles(all);
        addStreams(all);
        return all;
    }

    private static void addQuestions(List<Operation<String>> all, Path file) {
        ask(all, "exists", path -> Files.exists(Path.of(path)));
        ask(all, "exists-no-follow", path -> Files.exists(Path.of(path), NO_FOLLOW));
        ask(all, "notExists", path -> Files.notExists(Path.of(path)));
        ask(all, "isDirectory", path -> Files.isDirectory(Path.of(path)));
        ask(all, "isDirectory-no-follow", path -> Files.isDirectory(Path.of(path), NO_FOLLOW));
        ask(all, "isRegularFile", path -> Files.isRegularFile(Path.of(path)));
        ask(all, "isSymbolicLink", path -> Files.isSymbolicLink(Path.of(path)));
        ask(all, "isReadable", path -> Files.isReadable(Path.of(path)));
        ask(all, "isWritable", path -> Files.isWritable(Path.of(path)));
        ask(all, "isExecutable", path -> Files.isExecutable(Path.of(path)));
        ask(all, "isHidden", path -> Files.isHidden(Path.of(path)));
        ask(all, "isSameFile", path -> Files.isSameFile(Path.of(path), file));
        ask(all, "mismatch", path -> Files.mismatch(Path.of(path), file));
        ask(all, "toRealPath", path -> Path.of(path).toRealPath());
        ask(all, "toRealPath-no-follow", path -> Path.of(path).toRealPath(NO_FOLLOW));
        ask(all, "readSymbolicLink", path -> Files.readSymbolicLink(Path.of(path)));
    }

    private static void addNames(List<Operation<String>> all, Path file) {
        add(all, "createFile", path -> Files.createFile(Path.of(path)));
        add(
                all,
                "createFile-rwx",
                path ->
                        Files.createFile(
                                Path.of(path), PosixFilePermissions.asFileAttribute(SOME)));
        add(all, "createDirectory", path -> Files.createDirectory(Path.of(path)));
        add(
                all,
                "createDirectory-rwx",
                path ->
                        Files.createDirectory(
                                Path.of(path), PosixFilePermissions.asFileAttribute(SOME)));
        add(all, "createDirectories", path -> Files.createDirectories(Path.of(path)));
        add(
                all,
                "createSymbolicLink",
                path -> Files.createSymbolicLink(Path.of(path), Path.of("a/../b")));
        add(
                all,
                "createSymbolicLink-empty",
                path -> Files.createSymbolicLink(Path.of(path), Path.of("")));
        add(all, "createLink", path -> Files.createLink(Path.of(path), file));
        add(
                all,
                "delete",
                path -> {
                    Files.delete(Path.of(path));
                    return done();
                });
        add(all, "deleteIfExists", path -> Files.deleteIfExists(Path.of(path)));
        ask(
                all,
                "list",
                path -> {
                    try (Stream<Path> list = Files.list(Path.of(path))) {
                        return list.map(Path::toString).sorted().toList();
                    }
                });
        ask(
                all,
                "newDirectoryStream",
                path -> {
                    List<String> found = new ArrayList<>();
                    try (DirectoryStream<Path> stream =
                            Files.newDirectoryStream(Path.of(path), "*i*")) {
                        stream.forEach(each -> found.add(each.toString()));
                    }
                    return found.stream().sorted().toList();
                });
        ask(all, "walk", path -> count(path));
        ask(all, "walk-follow", path -> count(path, FileVisitOption.FOLLOW_LINKS));
    }

    private static Object count(String path, FileVisitOption... options) throws IOException {
        try (Stream<Path> walk = Files.walk(Path.of(path), 2, options)) {
            return walk.count();
        }
    }

    private static void addAttributes(List<Operation<String>> all) {
        ask(
                all,
                "readAttributes",
                path -> text(Files.readAttributes(Path.of(path), PosixFileAttributes.class)));
        ask(
                all,
                "readAttributes-no-follow",
                path ->
                        text(
                                Files.readAttributes(
                                        Path.of(path), PosixFileAttributes.class, NO_FOLLOW)));
        ask(
                all,
                "basic",
                path -> {
                    BasicFileAttributes basic =
                            Files.readAttributes(Path.of(path), BasicFileAttributes.class);
                    return basic.isDirectory() + " " + basic.isOther();
                });
        ask(all, "nlink", path -> Files.getAttribute(Path.of(path), "unix:nlink", NO_FOLLOW));
        add(
                all,
                "setPosixFilePermissions",
                path -> Files.setPosixFilePermissions(Path.of(path), SOME));
        add(
                all,
                "mode-no-follow",
                path -> Files.setAttribute(Path.of(path), "unix:mode", 0640, NO_FOLLOW));
        add(all, "mode-special", path -> Files.setAttribute(Path.of(path), "unix:mode", 07751));
        add(all, "uid", path -> Files.setAttribute(Path.of(path), "unix:uid", 77));
        add(
                all,
                "gid-no-follow",
                path -> Files.setAttribute(Path.of(path), "unix:gid", 78, NO_FOLLOW));
        add(
                all,
                "setLastModifiedTime",
                path -> {
                    Files.setLastModifiedTime(Path.of(path), TIME);
                    return Files.getLastModifiedTime(Path.of(path));
                });
        add(
                all,
                "setTime-no-follow",
                path -> {
                    Files.setAttribute(Path.of(path), "lastModifiedTime", TIME, NO_FOLLOW);
                    return Files.getLastModifiedTime(Path.of(path), NO_FOLLOW);
                });
        add(
                all,
                "user-attribute",
                path -> {
                    Files.setAttribute(
                            Path.of(path), "user:name", ByteBuffer.wrap(new byte[] {1, 2}));
                    return Arrays.toString((byte[]) Files.getAttribute(Path.of(path), "user:name"));
                });
        ask(all, "user-attributes", path -> Files.readAttributes(Path.of(path), "user:*").keySet());
    }

    private static String text(PosixFileAttributes attributes) {
        boolean isFile = attributes.isRegularFile();
        return PosixFilePermissions.toString(attributes.permissions())
                + (attributes.isDirectory() ? " directory" : "")
                + (attributes.isSymbolicLink() ? " link" : "")
                + (attributes.isOther() ? " other" : "")
                + (isFile ? " " + attributes.size() : "");
    }

    private static void addContents(List<Operation<String>> all) {
        ask(all, "readString", path -> Files.readString(Path.of(path)));
        ask(
                all,
                "size",
                path -> {
                    long size = Files.size(Path.of(path));
                    return Files.isDirectory(Path.of(path)) ? "of a directory" : size;
                });
        add(all, "writeString", path -> Files.writeString(Path.of(path), "new"));
        add(
                all,
                "append",
                path -> Files.writeString(Path.of(path), "+", StandardOpenOption.APPEND));
        ask(
                all,
                "newByteChannel",
                path -> {
                    try (SeekableByteChannel channel = Files.newByteChannel(Path.of(path))) {
                        return channel.read(ByteBuffer.allocate(3));
                    }
                });
        add(
                all,
                "newOutputStream",
                path -> {
                    Files.newOutputStream(Path.of(path)).close();
                    return done();
                });
    }

    private static void addFiles(List<Operation<String>> all) {
        add(all, "File.createNewFile", path -> new File(path).createNewFile());
        add(all, "File.mkdir", path -> new File(path).mkdir());
        add(all, "File.mkdirs", path -> new File(path).mkdirs());
        add(all, "File.delete", path -> new File(path).delete());
        ask(all, "File.exists", path -> new File(path).exists());
        ask(all, "File.isFile", path -> new File(path).isFile());
        ask(all, "File.isDirectory", path -> new File(path).isDirectory());
        ask(all, "File.isHidden", path -> new File(path).isHidden());
        ask(
                all,
                "File.length",
                path -> new File(path).isDirectory() ? "of a directory" : new File(path).length());
        ask(
                all,
                "File.list",
                path -> {
                    String[] names = new File(path).list();
                    return names == null ? null : Stream.of(names).sorted().toList();
                });
        ask(all, "File.canRead", path -> new File(path).canRead());
        ask(all, "File.canWrite", path -> new File(path).canWrite());
        ask(all, "File.canExecute", path -> new File(path).canExecute());
        add(all, "File.setExecutable", path -> new File(path).setExecutable(true, false));
        add(all, "File.setReadable", path -> new File(path).setReadable(false, false));
        add(all, "File.setReadOnly", path -> new File(path).setReadOnly());
        add(
                all,
                "File.setLastModified",
                path ->
                        new File(path).setLastModified(1_234_567_890_123L)
                                + " "
                                + new File(path).lastModified() % 1_000_000);
        ask(all, "File.getCanonicalPath", path -> new File(path).getCanonicalPath());
        ask(all, "File.getTotalSpace", path -> new File(path).getTotalSpace() > 0);
    }

    private static void addStreams(List<Operation<String>> all) {
        ask(
                all,
                "FileInputStream",
                path -> {
                    try (FileInputStream in = new FileInputStream(path)) {
                        return in.available() + " " + in.read();
                    }
                });
        add(
                all,
                "FileOutputStream",
                path -> {
                    try (FileOutputStream out = new FileOutputStream(path)) {
                        out.write('x');
                    }
                    return done();
                });
        add(
                all,
                "FileOutputStream-append",
                path -> {
                    try (FileOutputStream out = new FileOutputStream(path, true)) {
                        out.write('x');
                    }
                    return done();
                });
        for (String mode : List.of("r", "rw", "rws", "rwd")) {
            add(
                    all,
                    "RandomAccessFile-" + mode,
                    path -> {
                        try (RandomAccessFile file = new RandomAccessFile(path, mode)) {
                            return file.length() + " " + file.read();
                        }
                    });
        }
        add(
                all,
                "RandomAccessFile.write",
                path -> {
                    try (RandomAccessFile file = new RandomAccessFile(path, "rw")) {
                        file.seek(10);
                        file.write('x');
                        return file.length();
                    }
                });
    }
}
