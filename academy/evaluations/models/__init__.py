"""The tables of evaluations."""

from academy.evaluations.models.evaluation import Answer, Evaluation, Respondent

__all__ = ["Answer", "Evaluation", "Respondent"]
