package org.labharness.autograder.report;

import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.score.Mark;
import org.labharness.lab.Verdict;

/** JUnit XML, for continuous integration: a test case for each check; lost points are a failure, set-aside checks are skipped. */
public final class JUnitReport {
    private final XMLStreamWriter xml;

    private JUnitReport(XMLStreamWriter xml) {
        this.xml = xml;
    }

    public static String write(Outcome outcome) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JUnitReport(xml).outcome(outcome);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string can always be written to", e);
        }
        return text.append('\n').toString();
    }

    private void outcome(Outcome outcome) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        switch (outcome) {
            case Outcome.Graded graded -> graded(graded);
            case Outcome.Refused refused ->
                failed(outcome, "refused", refused.reason().code(), refused.message(), "failure");
            case Outcome.Broken broken ->
                failed(outcome, "broken", broken.reason().code(), broken.message(), "error");
        }
        xml.writeEndDocument();
    }

    private void graded(Outcome.Graded graded) throws XMLStreamException {
        List<Verdict> verdicts = graded.scorecard().verdicts();
        long failures = verdicts.stream().filter(JUnitReport::failed).count();
        long skipped = verdicts.stream().filter(JUnitReport::skipped).count();
        suite(graded, verdicts.size(), failures, 0, skipped);
        xml.writeStartElement("properties");
        property("points", graded.scorecard().points().toString());
        property("of", graded.scorecard().of().toString());
        property("people", graded.form().points().toString());
        property("bonus", graded.scorecard().bonus().toString());
        property("evidence", graded.digest());
        xml.writeEndElement();
        for (Verdict verdict : verdicts) {
            testCase(graded, verdict.id().value());
            verdict(verdict);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** Nobody fails at a bonus. */
    private static boolean failed(Verdict verdict) {
        return !verdict.full() && !verdict.bonus();
    }

    private void verdict(Verdict verdict) throws XMLStreamException {
        if (skipped(verdict)) {
            xml.writeEmptyElement("skipped");
            attribute("message", verdict.message());
        } else if (failed(verdict)) {
            xml.writeStartElement("failure");
            attribute("message", verdict.points() + " of " + verdict.of() + ": " + verdict.message());
            attribute("type", VerdictJson.word(verdict.support()));
            xml.writeCharacters(clean(verdict.hint()));
            xml.writeEndElement();
        } else {
            xml.writeStartElement("system-out");
            xml.writeCharacters(clean(verdict.message()));
            xml.writeEndElement();
        }
    }

    private void failed(Outcome outcome, String name, String code, String message, String element)
            throws XMLStreamException {
        boolean error = element.equals("error");
        suite(outcome, 1, error ? 0 : 1, error ? 1 : 0, 0);
        testCase(outcome, name);
        xml.writeEmptyElement(element);
        attribute("message", message);
        attribute("type", code);
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void suite(Outcome outcome, int tests, long failures, long errors, long skipped) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        attribute(
                "name", outcome.submission().lab() + "." + outcome.submission().student());
        attribute("tests", String.valueOf(tests));
        attribute("failures", String.valueOf(failures));
        attribute("errors", String.valueOf(errors));
        attribute("skipped", String.valueOf(skipped));
        attribute("time", String.format(Locale.ROOT, "%.3f", outcome.timings().getOrDefault("total", 0.0)));
        Instant received = outcome.submission().received();
        if (received != null) {
            attribute("timestamp", received.toString());
        }
    }

    private void testCase(Outcome outcome, String name) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", outcome.submission().lab());
        attribute("name", name);
        attribute("time", "0");
    }

    private void property(String name, String value) throws XMLStreamException {
        xml.writeEmptyElement("property");
        attribute("name", name);
        attribute("value", value);
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, clean(value));
    }

    private static boolean skipped(Verdict verdict) {
        return Mark.of(verdict) == Mark.SET_ASIDE;
    }

    private static String clean(String text) {
        return PlainText.line(text, 2_000);
    }
}
