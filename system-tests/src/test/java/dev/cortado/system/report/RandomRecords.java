package dev.cortado.system.report;

import dev.cortado.system.report.TestRecord.Expanded;
import dev.cortado.system.report.TestRecord.Failed;
import dev.cortado.system.report.TestRecord.Passed;
import dev.cortado.system.report.TestRecord.PlanBegun;
import dev.cortado.system.report.TestRecord.PlanEnded;
import dev.cortado.system.report.TestRecord.Planned;
import dev.cortado.system.report.TestRecord.Skipped;
import dev.cortado.system.report.TestRecord.Started;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Records of every kind with contents of every kind. */
final class RandomRecords {
    private static final String AWKWARD = " \\\n\r\t\0\u001e\"%u0s\u00e9\u2615\ud83d\ude00\udfff~!";
    private static final int KINDS = 8;

    private final Random random;

    RandomRecords(long seed) {
        random = new Random(seed);
    }

    TestRecord next() {
        return switch (random.nextInt(KINDS)) {
            case 0 -> new PlanBegun(number());
            case 1 -> new Planned(number(), text(), text());
            case 2 -> new Started(number());
            case 3 -> new Passed(number(), random.nextLong());
            case 4 -> new Failed(number(), random.nextLong(), failure(3));
            case 5 -> new Skipped(number(), text());
            case 6 -> new Expanded(number());
            default -> new PlanEnded(number(), number(), number());
        };
    }

    private int number() {
        return random.nextInt() >>> (1 + random.nextInt(31));
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(
                    switch (random.nextInt(3)) {
                        case 0 -> AWKWARD.charAt(random.nextInt(AWKWARD.length()));
                        case 1 -> (char) random.nextInt(Character.MAX_VALUE + 1);
                        default -> (char) ('a' + random.nextInt(26));
                    });
        }
        return text.toString();
    }

    private Optional<String> perhapsText() {
        return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(text());
    }

    private Failure failure(int depth) {
        int others = depth == 0 ? 0 : random.nextInt(3);
        return new Failure(
                text(),
                perhapsText(),
                IntStream.range(0, random.nextInt(5)).mapToObj(i -> frame()).toList(),
                others > 0 ? Optional.of(failure(depth - 1)) : Optional.empty(),
                IntStream.range(0, others).mapToObj(i -> failure(depth - 1)).toList());
    }

    private Failure.Frame frame() {
        return new Failure.Frame(text(), text(), perhapsText(), random.nextInt());
    }
}
