package dev.cortado.system.guest.files;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The sets of options that a file can be opened with. */
final class OpenCases {
    private static final List<OpenOption> OPTIONS =
            List.of(
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.CREATE_NEW,
                    LinkOption.NOFOLLOW_LINKS);

    /** Of those that are deleted when they are closed, only these sets are tried. */
    private static final int FEW = 2;

    private OpenCases() {}

    static List<Operation<String>> all() {
        List<Operation<String>> all = new ArrayList<>();
        for (int bits = 0; bits < 1 << OPTIONS.size(); bits++) {
            Set<OpenOption> options = new LinkedHashSet<>();
            for (int i = 0; i < OPTIONS.size(); i++) {
                if ((bits >> i & 1) != 0) {
                    options.add(OPTIONS.get(i));
                }
            }
            all.add(of(options));
            if (options.size() <= FEW) {
                Set<OpenOption> deleting = new LinkedHashSet<>(options);
                deleting.add(StandardOpenOption.DELETE_ON_CLOSE);
                all.add(of(deleting));
            }
        }
        return all;
    }

    private static Operation<String> of(Set<OpenOption> options) {
        return Operation.of("open" + options, path -> open(path, options));
    }

    private static Object open(String path, Set<OpenOption> options) throws Exception {
        try (FileChannel channel = FileChannel.open(Path.of(path), options)) {
            if (Files.isDirectory(Path.of(path))) {
                return "a directory, then " + channel.read(ByteBuffer.allocate(1));
            }
            String found = channel.size() + " at " + channel.position();
            boolean writes =
                    options.contains(StandardOpenOption.WRITE)
                            || options.contains(StandardOpenOption.APPEND);
            if (writes) {
                channel.write(ByteBuffer.wrap(new byte[] {'x'}));
            }
            return found + ", then " + channel.position();
        }
    }
}
