package dev.cortado.drivers.acpi.aml;

import java.util.ArrayList;
import java.util.List;

/** Runs lists of terms: control flow (ACPI 6.5, 20.2.5.3), declarations and expressions. */
final class Statements {
    private static final int MAXIMUM_PROBLEMS = 32;

    private final Budget budget;
    private final Expressions expressions;
    private final Declarations declarations;
    private final List<AmlException> problems = new ArrayList<>();

    Statements(Execution execution) {
        budget = execution.budget();
        expressions = new Expressions(execution);
        declarations = new Declarations(execution, expressions, this);
    }

    /** Why blocks of a table were left before their ends; not more than some of them. */
    List<AmlException> problems() {
        return problems;
    }

    /** Runs terms up to the cursor's end, or to one that leads elsewhere. */
    Flow run(Frame frame) throws AmlException {
        AmlCursor cursor = frame.cursor();
        while (!cursor.isAtEnd()) {
            int start = cursor.position();
            try {
                budget.step();
                Flow flow = statement(frame);
                if (flow != Flow.NEXT) {
                    return flow;
                }
            } catch (AmlException e) {
                throw e.at(cursor.block(), start);
            }
        }
        return Flow.NEXT;
    }

    private Flow statement(Frame frame) throws AmlException {
        AmlCursor cursor = frame.cursor();
        if (NamePath.startsWith(cursor.peek())) {
            expressions.evaluate(frame);
            return Flow.NEXT;
        }
        int start = cursor.position();
        int opcode = cursor.opcode();
        switch (opcode) {
            case Opcode.NOOP, Opcode.BREAK_POINT -> {
                return Flow.NEXT;
            }
            case Opcode.IF -> {
                return ifElse(frame);
            }
            case Opcode.WHILE -> {
                return loop(frame);
            }
            case Opcode.BREAK -> {
                return Flow.BREAK;
            }
            case Opcode.CONTINUE -> {
                return Flow.CONTINUE;
            }
            case Opcode.RETURN -> {
                frame.setResult(expressions.value(frame));
                return Flow.RETURN;
            }
            default -> {
                if (declarations.isDeclaration(opcode)) {
                    return declarations.declare(opcode, frame);
                }
                cursor.moveTo(start);
                expressions.evaluate(frame);
                return Flow.NEXT;
            }
        }
    }

    private Flow ifElse(Frame frame) throws AmlException {
        AmlCursor cursor = frame.cursor();
        int end = cursor.packageEnd();
        int outer = cursor.end();
        cursor.setEnd(end);
        boolean holds;
        try {
            holds = expressions.number(frame) != 0;
        } finally {
            cursor.setEnd(outer);
        }
        Flow flow = holds ? block(frame, end) : Flow.NEXT;
        if (flow != Flow.NEXT) {
            return flow;
        }
        cursor.moveTo(end);
        if (cursor.peek() == Opcode.ELSE) {
            cursor.next();
            int otherwise = cursor.packageEnd();
            flow = holds ? Flow.NEXT : block(frame, otherwise);
            cursor.moveTo(otherwise);
        }
        return flow;
    }

    private Flow loop(Frame frame) throws AmlException {
        AmlCursor cursor = frame.cursor();
        int end = cursor.packageEnd();
        int start = cursor.position();
        int outer = cursor.end();
        cursor.setEnd(end);
        budget.enter();
        try {
            while (expressions.number(frame) != 0) {
                Flow flow = run(frame);
                if (flow == Flow.RETURN) {
                    return flow;
                }
                if (flow == Flow.BREAK) {
                    break;
                }
                budget.step();
                cursor.moveTo(start);
            }
        } finally {
            budget.leave();
            cursor.setEnd(outer);
        }
        cursor.moveTo(end);
        return Flow.NEXT;
    }

    private Flow block(Frame frame, int end) throws AmlException {
        AmlCursor cursor = frame.cursor();
        if (cursor.position() > end) {
            throw new AmlException("A block that ends before its terms");
        }
        int outer = cursor.end();
        cursor.setEnd(end);
        budget.enter();
        try {
            return run(frame);
        } finally {
            budget.leave();
            cursor.setEnd(outer);
        }
    }

    /**
     * Runs the terms of a scope or a device. While a table is loaded, what is wrong with one device
     * must not cost the others: the rest of its block is passed over.
     *
     * @param node the scope of what the block declares
     */
    Flow scope(Frame frame, NamespaceNode node, int end) throws AmlException {
        NamespaceNode outer = frame.scope();
        frame.setScope(node);
        try {
            Flow flow = block(frame, end);
            if (flow != Flow.NEXT) {
                return flow;
            }
        } catch (AmlException e) {
            if (!frame.isTable()) {
                throw e;
            }
            if (problems.size() < MAXIMUM_PROBLEMS) {
                problems.add(e);
            }
        } finally {
            frame.setScope(outer);
        }
        frame.cursor().moveTo(end);
        return Flow.NEXT;
    }
}
