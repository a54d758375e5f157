package org.labharness.autograder.check;

import org.labharness.lab.ServiceCheck;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.ServiceFacts.ContractFacts;

/** {@code service-contract}: answers have the form that was agreed on. */
final class ServiceContractRule {
    private ServiceContractRule() {}

    static Ruling judge(ServiceCheck.ServiceContract spec, Case subject) {
        return Served.judge(spec.service(), subject, (served, facts) -> judge(spec, served, facts, subject));
    }

    private static Ruling judge(ServiceCheck.ServiceContract spec, Served served, ServiceFacts facts, Case subject) {
        String schema = spec.schema();
        ContractFacts contract = facts.contract(schema == null ? spec.openapi() : schema);
        if (contract == null) {
            return Ruling.ours(served.named() + " was not asked for answers of this form.");
        }
        if (!contract.unusable().isEmpty() && schema != null) {
            return Ruling.ours("The lab's schema " + PlainText.name(schema) + " cannot be used: "
                    + RunStory.ended(PlainText.line(contract.unusable(), 200)));
        }
        if (!contract.unusable().isEmpty()) {
            return Ruling.absent(
                    Sentence.of(
                            served.named() + " has no usable description at " + PlainText.name(spec.openapi()) + ": "
                                    + PlainText.line(contract.unusable(), 300) + ".",
                            "Describe the path, and what it answers, in an OpenAPI document; FastAPI writes one of a response_model."));
        }
        int all = contract.problems().size();
        int fit = (int) contract.problems().stream().filter(String::isEmpty).count();
        String form =
                schema == null ? "what " + PlainText.name(spec.openapi()) + " says of it" : "the form of the handout";
        if (fit == all) {
            return Ruling.full("Each of " + PlainText.count(all, "answer") + " fits " + form + ".");
        }
        String first = contract.problems().stream()
                .filter(problem -> !problem.isEmpty())
                .findFirst()
                .orElse("");
        return served.lost(
                subject.full().part(fit, all),
                Sentence.of(
                        "Of " + PlainText.count(all, "answer") + " of the service "
                                + PlainText.quoted(spec.service().id())
                                + " " + (all - fit) + (all - fit == 1 ? " does" : " do") + " not fit " + form
                                + ", the first of them: " + PlainText.line(first, 200) + ".",
                        "Ask the service with curl for one row, and lay its answer beside the form."));
    }
}
