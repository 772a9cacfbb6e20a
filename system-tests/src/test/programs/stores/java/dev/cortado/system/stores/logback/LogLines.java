package dev.cortado.system.stores.logback;

import dev.cortado.system.stores.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The lines of batches, as they are found in files. */
final class LogLines {
    private final Set<String> found = new HashSet<>();

    /** What is written of a batch: its number, the key, the value. */
    static List<String> of(Batch batch) {
        return batch.entries().entrySet().stream()
                .map(entry -> batch.number() + ":" + entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    /** Takes a file's lines. */
    void read(Path file) throws IOException {
        found.addAll(Files.readAllLines(file));
    }

    /**
     * The last of the batches, from 1, of which all lines are there.
     *
     * @param others lines that are no batch's
     * @throws IllegalStateException if there is a line that is not even the beginning of one
     */
    int complete(Set<String> others) {
        Set<String> whole = new HashSet<>(others);
        int number = 0;
        List<String> next = of(new Batch(1));
        while (found.containsAll(next)) {
            whole.addAll(next);
            number++;
            next = of(new Batch(number + 1));
        }
        whole.addAll(next);
        for (String line : found) {
            if (!whole.contains(line) && whole.stream().noneMatch(each -> each.startsWith(line))) {
                throw new IllegalStateException("after batch " + number + " there is: " + line);
            }
        }
        return number;
    }
}
