package dev.cortado.examples.tour;

import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** A million objects, linked and dropped, with full collections between. */
final class GarbageTopic implements Topic {
    private static final int OBJECTS = 1_000_000;

    private static final class Node {
        final int value;
        final Node next;

        Node(int value, Node next) {
            this.value = value;
            this.next = next;
        }
    }

    @Override
    public String title() {
        return "Garbage collection";
    }

    @Override
    public void show(PrintStream out) {
        Node list = chain(OBJECTS);
        out.println("a million objects, sum " + sum(list));
        System.gc();
        out.println("after a full collection, sum " + sum(list));

        WeakReference<Node> weak = new WeakReference<>(chain(10));
        System.gc();
        out.println("weakly held: " + (weak.get() == null ? "gone" : "still there"));
        out.println("strongly held: " + (list.value == OBJECTS - 1 ? "still there" : "gone"));

        long characters = 0;
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            String text = "object " + i;
            characters += text.length();
            if (i % 100_000 == 0) {
                kept.add(text);
            }
        }
        out.println("a million strings, " + characters + " characters, kept " + kept);
    }

    private static Node chain(int length) {
        Node head = null;
        for (int i = 0; i < length; i++) {
            head = new Node(i, head);
        }
        return head;
    }

    private static long sum(Node head) {
        long sum = 0;
        for (Node node = head; node != null; node = node.next) {
            sum += node.value;
        }
        return sum;
    }
}
