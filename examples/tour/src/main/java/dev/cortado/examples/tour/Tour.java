package dev.cortado.examples.tour;

import java.io.PrintStream;
import java.util.List;

/**
 * Walks through the parts of Java that programs use every day.
 *
 * <p>The output depends on nothing but this code (no time, no locale, no hash seed), so it is the
 * same, byte for byte, on HotSpot and in a guest.
 */
public final class Tour {
    private static final List<Topic> TOPICS =
            List.of(
                    new CollectionsTopic(),
                    new StreamsTopic(),
                    new RecordsTopic(),
                    new SealedTypesTopic(),
                    new LambdasTopic(),
                    new GenericsTopic(),
                    new FormattingTopic(),
                    new StringBuilderTopic(),
                    new RegexTopic(),
                    new BigNumbersTopic(),
                    new TimeTopic(),
                    new TextBlocksTopic(),
                    new ExceptionsTopic(),
                    new ResourcesTopic(),
                    new ServicesTopic(),
                    new ReflectionTopic(),
                    new GarbageTopic());

    private Tour() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        for (Topic topic : TOPICS) {
            out.println("== " + topic.title());
            topic.show(out);
            out.println();
        }
        out.println("The tour ends here: " + TOPICS.size() + " topics.");
    }
}
