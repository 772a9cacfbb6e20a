package dev.cortado.system.guest.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The whole table of cases. */
public final class FileCases {
    private FileCases() {}

    /**
     * Runs cases and prints their lines.
     *
     * @param root a directory of a file system that is read-only: with {@code tmp} in it, where
     *     another one is mounted
     * @param work a directory to try what can be done in
     * @param other one on another file system
     * @param stride only one of so many cases is run
     */
    public static void run(String root, Path work, Path other, int stride) throws IOException {
        // All at once: a console takes its time for each.
        StringBuilder text = new StringBuilder();
        int count = run(root, work, other, stride, line -> text.append(line).append('\n'));
        System.out.print(text);
        System.out.println(count + " cases");
    }

    private static int run(String root, Path work, Path other, int stride, Consumer<String> lines)
            throws IOException {
        Fixture fixture = new Fixture(work, other);
        Operands operands = new Operands(root, fixture);
        CaseTable table = new CaseTable(root, operands.labels(), fixture, stride, lines);
        Path file = fixture.work().resolve("file");
        for (Operation<String> operation : PathCases.all(file)) {
            table.run(operation, operands.all());
        }
        for (Operation<String> operation : OpenCases.all()) {
            table.run(operation, operands.kinds());
        }
        for (Operation<PairCases.Pair> operation : PairCases.all()) {
            table.run(operation, PairCases.Pair.all(operands.paired()));
        }
        for (Operation<Long> operation : new ContentCases(file).all()) {
            table.run(operation, ContentCases.POSITIONS);
        }
        Path link = fixture.work().resolve("dangling");
        for (var operation : new TimeCases(file, link).all()) {
            table.run(operation, TimeCases.TIMES);
        }
        fixture.remove();
        ForeignNames.run(work, lines);
        return table.count();
    }
}
