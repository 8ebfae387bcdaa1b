"""Addresses of learning on a screen."""

from django.urls import path

from courses.learning import views

urlpatterns = [
    path("leren/<str:gathering_id>/", views.learn, name="learn"),
    path("leren/<str:gathering_id>/les/<int:number>/", views.learn_lesson, name="learn_lesson"),
    path("leren/<str:gathering_id>/toets/", views.learn_test, name="learn_test"),
    path("leren/<str:gathering_id>/toets/<int:number>/", views.learn_result, name="learn_result"),
]
